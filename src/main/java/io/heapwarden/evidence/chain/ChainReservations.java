package io.heapwarden.evidence.chain;

import io.heapwarden.jvm.Collector;
import org.jspecify.annotations.Nullable;

/** Faults of HotSpot's search for chains, and what is not asked because of them. Each gives a sentence, or null when there is none. */
final class ChainReservations {

    /** From here on JFR.start takes the settings of single events, so that no settings file has to be put into the container. */
    static final int OLDEST_VERSION = 17;

    private static final long LEAST_STACK = 1L << 20;

    private ChainReservations() {}

    static @Nullable String ofCollector(Collector collector) {
        return switch (collector) {
            case G1, Parallel, Serial -> null;
            case ZGC ->
                "sampling old objects keeps garbage alive with ZGC (JDK-8375615) and is switched off in it since JDK-8382740. Chains can be had with G1, Parallel and Serial";
            case Shenandoah ->
                "the search for chains is broken with Shenandoah (JDK-8279016). Chains can be had with G1, Parallel and Serial";
            case CMS, Epsilon, Unknown ->
                "the search for chains is not tried with the collector %s. Chains can be had with G1, Parallel and Serial"
                        .formatted(collector);
        };
    }

    static @Nullable String ofVersion(@Nullable Integer featureVersion) {
        if (featureVersion == null) {
            return "the version of the JVM is not known, and before JDK %d it cannot be told to record one event only"
                    .formatted(OLDEST_VERSION);
        }
        return featureVersion >= OLDEST_VERSION
                ? null
                : "JDK %d cannot be told in a command to record one event only. From JDK %d on it can"
                        .formatted(featureVersion, OLDEST_VERSION);
    }

    /** A deep graph overflowed the stack of the thread that searches, and ended the JVM: JDK-8380011, in updates of 2026. */
    static @Nullable String ofStack(@Nullable Long vmThreadStack) {
        return vmThreadStack == null || vmThreadStack == 0 || vmThreadStack >= LEAST_STACK
                ? null
                : "the search could overflow the JVM's own stack of %d KiB and end the JVM (JDK-8380011). Take -XX:VMThreadStackSize away"
                        .formatted(vmThreadStack >> 10);
    }
}
