package io.heapwarden.growth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which classes explain the growth of the heap.
 *
 * @param culprits the likeliest first, at most {@value CulpritSearch#MOST_CULPRITS}
 * @param share share of the heap's growth that rising classes explain, 0 to 1
 * @param steps steps between histograms over which the first culprit rose
 * @param ownClass whether the first culprit is a class of the application that rose at every step, evenly
 * @param cause the kind of leak that the classes of the unit give away; null where they tell only that objects are kept
 */
record Explanation(List<Culprit> culprits, double share, int steps, boolean ownClass, @Nullable Verdict cause) {

    static final Explanation NONE = new Explanation(List.of(), 0, 0, false, null);

    static Explanation of(ClassGrowth growth, double heapSlope) {
        return new CulpritSearch(growth, heapSlope).explain();
    }
}
