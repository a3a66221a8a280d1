package io.heapwarden.evaluation;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine said after one sample.
 *
 * @param at when the sample was taken
 * @param state where the life stands
 * @param verdict what kind of growth it is
 * @param culprits the first three classes named
 * @param exhaustion when the limit is reached
 * @param reasons why, in words
 */
record Observation(
        Instant at,
        State state,
        Verdict verdict,
        List<String> culprits,
        @Nullable Exhaustion exhaustion,
        List<String> reasons) {

    static final int CULPRITS = 3;

    static Observation of(Instant at, Assessment assessment) {
        return new Observation(
                at,
                assessment.state(),
                assessment.verdict(),
                assessment.culprits().stream()
                        .limit(CULPRITS)
                        .map(Culprit::className)
                        .toList(),
                assessment.exhaustion(),
                assessment.reasons());
    }

    /** Whether the printed interval holds a moment; an interval without an end holds every later one. */
    boolean holds(Instant moment) {
        if (exhaustion == null) {
            return false;
        }
        Duration latest = exhaustion.latest();
        return !moment.isBefore(at.plus(exhaustion.earliest())) && (latest == null || !moment.isAfter(at.plus(latest)));
    }
}
