package io.heapwarden.probe;

import io.heapwarden.growth.Sample;
import io.heapwarden.probe.ProbeResult.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One counter reading of a container. Sizes are in bytes.
 *
 * @param jvm which JVM
 * @param sample the counters
 * @param maxHeap the most the heap can grow to
 * @param containerLimit the container's memory limit; null when it has none
 * @param maxMetaspace MaxMetaspaceSize; null when unlimited
 * @param maxDirect MaxDirectMemorySize; null when not given, or not known
 * @param maxThreads pids limit of the container; null when unlimited
 * @param source where the counters came from, in words, such as "hsperfdata over exec"
 * @param histogramRefusal why no class histogram can be taken; null when one can
 * @param route which channel they came by
 * @param vitals what else it says; null by channels that see nothing else
 */
public record JvmReading(
        JvmIdentity jvm,
        Sample sample,
        @Nullable Long maxHeap,
        @Nullable Long containerLimit,
        @Nullable Long maxMetaspace,
        @Nullable Long maxDirect,
        @Nullable Long maxThreads,
        String source,
        @Nullable Refusal<?> histogramRefusal,
        Route route,
        @Nullable Vitals vitals) {

    /** The same reading with the choice of its channel told, and what that means for histograms. */
    JvmReading by(Route chosen, @Nullable Refusal<?> refusal) {
        return new JvmReading(
                jvm,
                sample,
                maxHeap,
                containerLimit,
                maxMetaspace,
                maxDirect,
                maxThreads,
                source,
                refusal,
                chosen,
                vitals);
    }
}
