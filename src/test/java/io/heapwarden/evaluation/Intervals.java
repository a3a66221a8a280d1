package io.heapwarden.evaluation;

import io.heapwarden.growth.Exhaustion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the times to exhaustion did against the truth, each as often as {@code heapwarden replay} prints it.
 *
 * @param confirmed intervals printed while Leaking or Critical, and how many held the truth
 * @param all intervals printed in any state
 * @param latestToEarliestAtHalf latest ÷ earliest when half of the headroom was used; infinite without a latest; null if none was printed then
 */
record Intervals(Proportion confirmed, Proportion all, @Nullable Double latestToEarliestAtHalf) {

    static final Intervals NONE = new Intervals(new Proportion(0, 0), new Proportion(0, 0), null);

    /**
     * Scores what was printed; without a recorded exhaustion there is no truth to hold.
     *
     * @param printed the changes that were printed
     * @param observations what was known after each sample
     */
    static Intervals of(
            List<Observation> printed,
            List<Observation> observations,
            @Nullable Instant exhaustedAt,
            Headroom headroom) {
        if (exhaustedAt == null) {
            return NONE;
        }
        List<Observation> intervals = printed.stream()
                .filter(o -> o.exhaustion() != null && o.at().isBefore(exhaustedAt))
                .toList();
        List<Observation> confirmed =
                intervals.stream().filter(o -> o.state().confirmed()).toList();
        return new Intervals(
                Proportion.of(confirmed, o -> o.holds(exhaustedAt)),
                Proportion.of(intervals, o -> o.holds(exhaustedAt)),
                atHalf(observations, headroom));
    }

    private static @Nullable Double atHalf(List<Observation> observations, Headroom headroom) {
        Instant half = headroom.halfUsedAt();
        if (half == null) {
            return null;
        }
        for (Observation observation : observations) {
            Exhaustion exhaustion = observation.exhaustion();
            if (!observation.at().isBefore(half) && observation.state().confirmed() && exhaustion != null) {
                Duration latest = exhaustion.latest();
                double earliest = Math.max(1, exhaustion.earliest().toMillis());
                return latest == null ? Double.POSITIVE_INFINITY : latest.toMillis() / earliest;
            }
        }
        return null;
    }
}
