package io.heapwarden.evidence.chain;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a JVM to say whether it may be asked for chains. Sizes are in bytes.
 *
 * @param collector its collector
 * @param featureVersion such as 17; null when it is not known
 * @param recorder what its answer to {@code JFR.check} was, by {@link ChainCollector#recorder}
 * @param maxHeap the most the heap may grow to
 * @param heapUsed heap in use now, or the nearest thing above it that is known
 * @param vmThreadStack -XX:VMThreadStackSize in bytes; null when not given, which means one MiB
 * @param memoryFree what is free under the container's memory limit; null without a limit
 * @param maxPause longest pause that is allowed
 * @param tightestProbe shortest time-out of the container's liveness and readiness probes; null when it has none
 */
public record ChainQuestion(
        Collector collector,
        @Nullable Integer featureVersion,
        FlightRecorder recorder,
        long maxHeap,
        long heapUsed,
        @Nullable Long vmThreadStack,
        @Nullable Long memoryFree,
        Duration maxPause,
        @Nullable Duration tightestProbe) {

    /** Whether a JVM can record. */
    public enum FlightRecorder {
        /** Nothing is recorded now. */
        Idle,
        /** Our own recording is under way. */
        Ours,
        /** Somebody else's is. */
        Others,
        /** The runtime image has no module jdk.jfr, or the recorder is switched off. */
        Absent,
        /** Not asked yet. */
        Unknown
    }
}
