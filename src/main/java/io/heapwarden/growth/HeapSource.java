package io.heapwarden.growth;

import org.jspecify.annotations.Nullable;

/** Where the heap's series comes from. The later a constant, the better; values of different sources are never mixed in one series. */
public enum HeapSource {
    /** Nothing said anything of the heap yet. */
    None,
    /** The sum of histograms of live objects. */
    LiveHistograms,
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
        return sample.histogram() != null && sample.histogram().live() ? LiveHistograms : None;
    }

    /** What this source says in a sample, in bytes, or {@link BucketFloors#MISSING}. */
    long read(Sample sample) {
        return switch (this) {
            case None -> BucketFloors.MISSING;
            case LiveHistograms ->
                sample.histogram() != null && sample.histogram().live()
                        ? sample.histogram().classes().totalBytes()
                        : BucketFloors.MISSING;
            case Used -> orMissing(sample.heapUsed());
            case AfterGc -> orMissing(sample.heapAfterGc());
        };
    }

    private static boolean positive(@Nullable Long value) {
        return value != null && value > 0;
    }

    private static long orMissing(@Nullable Long value) {
        return value == null || value <= 0 ? BucketFloors.MISSING : value;
    }
}
