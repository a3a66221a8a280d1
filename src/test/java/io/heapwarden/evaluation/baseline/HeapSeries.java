package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import org.jspecify.annotations.Nullable;

/** Heap after collections where the recording has it, heap in use elsewhere. */
final class HeapSeries {

    private HeapSeries() {}

    static boolean hasAfterGc(Recording recording) {
        return recording.samples().stream().anyMatch(s -> s.heapAfterGc() != null && s.heapAfterGc() > 0);
    }

    static @Nullable Long value(Sample sample, boolean afterGc) {
        if (!afterGc) {
            return sample.heapUsed();
        }
        Long value = sample.heapAfterGc();
        return value == null || value <= 0 ? null : value;
    }
}
