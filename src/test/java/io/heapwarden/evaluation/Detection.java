package io.heapwarden.evaluation;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was told of a life at one moment.
 *
 * @param at when
 * @param state where it stood
 * @param verdict what kind of growth it was said to be
 * @param culprits the first three classes named
 * @param headroomUsed share of the headroom the leak had used; null where that cannot be said
 * @param timeUsed share of the time to exhaustion that was over; null if exhaustion was not recorded
 * @param reasons why, in words
 */
record Detection(
        Instant at,
        State state,
        Verdict verdict,
        List<String> culprits,
        @Nullable Double headroomUsed,
        @Nullable Double timeUsed,
        List<String> reasons) {

    static Detection of(Observation observation, Runway runway) {
        return new Detection(
                observation.at(),
                observation.state(),
                observation.verdict(),
                observation.culprits(),
                runway.used(observation.at()),
                runway.timeUsed(observation.at()),
                observation.reasons());
    }

    /** Whether one of the first so many names is right. */
    boolean names(List<String> right, int first) {
        return culprits.stream().limit(first).anyMatch(right::contains);
    }
}
