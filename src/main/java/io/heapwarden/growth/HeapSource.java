package io.heapwarden.growth;

import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.Collector;
import org.jspecify.annotations.Nullable;

/** Where the heap's series comes from. The later a constant, the better; values of different sources are never mixed in one series. */
public enum HeapSource {
    /** Nothing said anything of the heap yet. */
    None,
    /** Heap in use, garbage included: only the floor of a long bucket comes close to what lives. */
    Used,
    /** Heap in use after the last collection. */
    AfterGc;

    /** The best source that a sample has. */
    static HeapSource of(Sample sample) {
        if (positive(sample.heapAfterGc())) {
            return AfterGc;
        }
        if (positive(sample.heapUsed())) {
            return Used;
        }
        return None;
    }

    /** What this source says in a sample, in bytes, or {@link BucketFloors#MISSING}. */
    long read(Sample sample) {
        return switch (this) {
            case None -> BucketFloors.MISSING;
            case Used -> orMissing(sample.heapUsed());
            case AfterGc -> orMissing(sample.heapAfterGc());
        };
    }

    /**
     * Bytes of live objects by the sample's histogram, or {@link BucketFloors#MISSING}. Collectors that mark all the time leave so little garbage that
     * a histogram of all objects comes close to it.
     */
    static long counted(Sample sample, @Nullable Collector collector) {
        HeapHistogram histogram = sample.histogram();
        if (histogram == null) {
            return BucketFloors.MISSING;
        }
        boolean nearLive = histogram.live() || collector == Collector.ZGC || collector == Collector.Shenandoah;
        return nearLive ? histogram.classes().totalBytes() : BucketFloors.MISSING;
    }

    private static boolean positive(@Nullable Long value) {
        return value != null && value > 0;
    }

    private static long orMissing(@Nullable Long value) {
        return value == null || value <= 0 ? BucketFloors.MISSING : value;
    }
}
