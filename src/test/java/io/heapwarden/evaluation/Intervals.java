package io.heapwarden.evaluation;

import io.heapwarden.growth.Exhaustion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the printed times to exhaustion did against the truth. An interval counts once for each time that it changes.
 *
 * @param confirmed intervals printed while Leaking or Critical, and how many held the truth
 * @param all intervals printed in any state
 * @param latestToEarliestAtHalf latest ÷ earliest when half of the headroom was used; infinite without a latest; null if none was printed then
 */
record Intervals(Proportion confirmed, Proportion all, @Nullable Double latestToEarliestAtHalf) {

    static final Intervals NONE = new Intervals(new Proportion(0, 0), new Proportion(0, 0), null);

    /** Without a recorded exhaustion there is no truth to hold. */
    static Intervals of(List<Observation> observations, @Nullable Instant exhaustedAt, Runway runway) {
        if (exhaustedAt == null) {
            return NONE;
        }
        long confirmed = 0;
        long confirmedHits = 0;
        long all = 0;
        long allHits = 0;
        Exhaustion last = null;
        for (Observation observation : observations) {
            Exhaustion now = observation.exhaustion();
            if (now == null || same(now, last) || !observation.at().isBefore(exhaustedAt)) {
                last = now;
                continue;
            }
            last = now;
            boolean holds = observation.holds(exhaustedAt);
            all++;
            allHits += holds ? 1 : 0;
            if (observation.state().confirmed()) {
                confirmed++;
                confirmedHits += holds ? 1 : 0;
            }
        }
        return new Intervals(
                new Proportion(confirmedHits, confirmed), new Proportion(allHits, all), atHalf(observations, runway));
    }

    private static boolean same(Exhaustion now, @Nullable Exhaustion last) {
        return last != null && now.earliest().equals(last.earliest()) && Objects.equals(now.latest(), last.latest());
    }

    private static @Nullable Double atHalf(List<Observation> observations, Runway runway) {
        Instant half = runway.halfUsedAt();
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
