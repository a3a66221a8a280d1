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
 * @param workingSet memory charged to the container less inactive page cache, what {@code kubectl top} shows
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
        @Nullable Long workingSet,
        @Nullable Double cpuSeconds,
        @Nullable GcCount gc,
        @Nullable HeapHistogram histogram) {

    /** Begins a sample of which nothing but the time is known. */
    public static Builder at(Instant at) {
        return new Builder(at);
    }

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
                workingSet,
                cpuSeconds,
                gc,
                taken);
    }

    /** The same sample with what another source says of the container's memory. */
    public Sample withContainerMemory(@Nullable Long anonymous, @Nullable Long charged) {
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
                anonymous,
                charged,
                cpuSeconds,
                gc,
                histogram);
    }

    /** Puts a sample together from whatever a source knows. */
    public static final class Builder {
        private final Instant at;
        private @Nullable Long heapUsed;
        private @Nullable Long heapAfterGc;
        private @Nullable Long heapCommitted;
        private @Nullable Long metaspace;
        private @Nullable Long classesLoaded;
        private @Nullable Long classesUnloaded;
        private @Nullable Long threads;
        private @Nullable Long direct;
        private @Nullable Long rss;
        private @Nullable Long anon;
        private @Nullable Long workingSet;
        private @Nullable Double cpuSeconds;
        private @Nullable GcCount gc;
        private @Nullable HeapHistogram histogram;

        private Builder(Instant at) {
            this.at = at;
        }

        public Builder heapUsed(@Nullable Long value) {
            heapUsed = value;
            return this;
        }

        public Builder heapAfterGc(@Nullable Long value) {
            heapAfterGc = value;
            return this;
        }

        public Builder heapCommitted(@Nullable Long value) {
            heapCommitted = value;
            return this;
        }

        public Builder metaspace(@Nullable Long value) {
            metaspace = value;
            return this;
        }

        public Builder classesLoaded(@Nullable Long value) {
            classesLoaded = value;
            return this;
        }

        public Builder classesUnloaded(@Nullable Long value) {
            classesUnloaded = value;
            return this;
        }

        public Builder threads(@Nullable Long value) {
            threads = value;
            return this;
        }

        public Builder direct(@Nullable Long value) {
            direct = value;
            return this;
        }

        public Builder rss(@Nullable Long value) {
            rss = value;
            return this;
        }

        public Builder anon(@Nullable Long value) {
            anon = value;
            return this;
        }

        public Builder workingSet(@Nullable Long value) {
            workingSet = value;
            return this;
        }

        public Builder cpuSeconds(@Nullable Double value) {
            cpuSeconds = value;
            return this;
        }

        public Builder gc(@Nullable GcCount value) {
            gc = value;
            return this;
        }

        public Builder histogram(@Nullable HeapHistogram value) {
            histogram = value;
            return this;
        }

        public Sample build() {
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
                    workingSet,
                    cpuSeconds,
                    gc,
                    histogram);
        }
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
