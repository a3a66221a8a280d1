package io.heapwarden.objective;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judgements of which only the state and the forecast matter to an objective. */
final class Assessments {

    private Assessments() {}

    static Assessment of(State state) {
        return of(state, null);
    }

    static Assessment runningOutIn(Duration earliest) {
        return of(State.Suspect, new Exhaustion(earliest, earliest.multipliedBy(2), Signal.HeapAfterGC));
    }

    private static Assessment of(State state, @Nullable Exhaustion exhaustion) {
        return new Assessment(state, Verdict.Unknown, 0.5, List.of(), List.of(), exhaustion, Map.of(), false);
    }
}
