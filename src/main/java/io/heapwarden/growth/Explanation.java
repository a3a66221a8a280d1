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
 * @param steady whether the first culprit rose at every step, evenly, and not slower in the end, over enough histograms to take the place of the floor test
 * @param goesOn whether it still rises by much and has not gone back far, though not that evenly
 * @param since time of the first histogram in which it was counted, in milliseconds
 * @param until time of the last
 * @param cause the kind of leak that the classes of the unit give away; null where they tell only that objects are kept
 * @param inSlots whether many instances rise without a container's entries or an array growing along: they fill an array that was made before, which is
 *     bounded by its length
 * @param buffersRise whether direct buffers are among the classes that rise
 */
record Explanation(
        List<Culprit> culprits,
        double share,
        int steps,
        boolean ownClass,
        boolean steady,
        boolean goesOn,
        long since,
        long until,
        @Nullable Verdict cause,
        boolean inSlots,
        boolean buffersRise) {

    /** Rising classes explain the growth from this share of it on. */
    static final double EXPLAINS = 0.5;

    /** … and from this share where garbage is counted too, whose arrays jump: there the even rise of an own class carries the proof. */
    static final double EXPLAINS_WITH_GARBAGE = 0.25;

    /** Steps between histograms of live objects that the first culprit must have risen; three by chance: 1 in 24. */
    static final int LEAST_STEPS = 3;

    /** … and of histograms that count garbage too, where chance has more to play with; four by chance: 1 in 120. */
    static final int LEAST_STEPS_WITH_GARBAGE = 4;

    static final Explanation NONE = new Explanation(List.of(), 0, 0, false, false, false, 0, 0, null, false, false);

    static Explanation of(ClassGrowth growth, double heapSlope) {
        return new CulpritSearch(growth, heapSlope).explain();
    }

    /** Whether classes that rise over enough histograms explain most of the growth. */
    boolean explains() {
        return steps >= LEAST_STEPS && share >= EXPLAINS;
    }

    /** What the first culprit, with what it brings along, explains of the growth. */
    double explainedByUnit() {
        return culprits.isEmpty() ? 0 : culprits.getFirst().explains();
    }

    /** Growth of the first culprit, with what it brings along. */
    double unitBytesPerHour() {
        return culprits.isEmpty() ? 0 : culprits.getFirst().bytesPerHour();
    }

    /** The same where garbage is counted, too: a class of the application has to rise at every step. */
    boolean explainsWithGarbage() {
        return ownClass && steps >= LEAST_STEPS_WITH_GARBAGE && share >= EXPLAINS_WITH_GARBAGE;
    }
}
