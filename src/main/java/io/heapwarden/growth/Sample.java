package io.heapwarden.growth;

import io.heapwarden.jvm.ClassHistogram;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a container's counters. Everything but the time may be missing; missing is never zero. Sizes are in bytes.
 *
 * @param at when it was read, by the reader's clock
 * @param heapUsed heap in use now, garbage included
 * @param heapAfterGc heap in use after the last collection
 * @param heapCommitted heap committed to the JVM
 * @param metaspace metaspace in use
 * @param classesLoaded classes loaded since the start
 * @param classesUnloaded classes unloaded since the start
 * @param threads platform threads alive
 * @param direct bytes of direct buffers
 * @param rss resident memory of the JVM process
 * @param anon anonymous memory of the container
 * @param cpuSeconds processor time of the JVM process since its start
 * @param gc collections since the start
 * @param histogram instances and bytes of each class, when one was taken
 */
public record Sample(
        Instant at,
        @Nullable Long heapUsed,
        @Nullable Long heapAfterGc,
        @Nullable Long heapCommitted,
        @Nullable Long metaspace,
        @Nullable Long classesLoaded,
        @Nullable Long classesUnloaded,
        @Nullable Long threads,
        @Nullable Long direct,
        @Nullable Long rss,
        @Nullable Long anon,
        @Nullable Double cpuSeconds,
        @Nullable GcCount gc,
        @Nullable HeapHistogram histogram) {

    /** The same sample with a histogram that was taken right after it. */
    public Sample with(HeapHistogram taken) {
        return new Sample(
                at,
                heapUsed,
                heapAfterGc,
                heapCommitted,
                metaspace,
                classesLoaded,
                classesUnloaded,
                threads,
                direct,
                rss,
                anon,
                cpuSeconds,
                gc,
                taken);
    }

    /**
     * Collections since the JVM started.
     *
     * @param young young collections
     * @param full full or old collections
     * @param seconds time spent in both
     */
    public record GcCount(long young, long full, double seconds) {}

    /**
     * A class histogram and what it counts.
     *
     * @param live whether unreachable objects were left out, which costs a full collection
     * @param classes instances and bytes of each class
     */
    public record HeapHistogram(boolean live, ClassHistogram classes) {}
}
