package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Response.When;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.security.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseMatchingTest {

    @ParameterizedTest
    @CsvSource({
        "Suspect, WarmingUp, false",
        "Suspect, Healthy, false",
        "Suspect, Suspect, true",
        "Suspect, Critical, true",
        "Leaking, Suspect, false",
        "Leaking, Leaking, true",
        "Leaking, Critical, true",
        "Critical, Leaking, false",
        "Suspect, Unreachable, false",
        "Critical, Unreachable, false",
        "Unreachable, Unreachable, true",
        "Unreachable, Critical, false"
    })
    void aStateMeansThisOneOrWorseAndUnreachableStandsAlone(State least, State state, boolean matches) {
        assertThat(answered(state, Verdict.Unknown, response(least, null, Action.Event)))
                .isEqualTo(matches ? List.of(Action.Event) : List.of());
    }

    @Test
    void theFirstMatchWins() {
        Response[] responses = {
            response(State.Critical, null, Action.Restart),
            response(State.Leaking, null, Action.Annotate),
            response(State.Suspect, null, Action.Event)
        };

        assertThat(answered(State.Critical, Verdict.RetentionLeak, responses)).containsExactly(Action.Restart);
        assertThat(answered(State.Leaking, Verdict.RetentionLeak, responses)).containsExactly(Action.Annotate);
        assertThat(answered(State.Suspect, Verdict.RetentionLeak, responses)).containsExactly(Action.Event);
    }

    @Test
    void aVerdictThatIsNotNamedDoesNotMatch() {
        Response[] responses = {
            response(State.Leaking, List.of(Verdict.ThreadLeak, Verdict.DirectBufferLeak), Action.Restart),
            response(State.Leaking, null, Action.Event)
        };

        assertThat(answered(State.Leaking, Verdict.ThreadLeak, responses)).containsExactly(Action.Restart);
        assertThat(answered(State.Leaking, Verdict.Churn, responses)).containsExactly(Action.Event);
    }

    @Test
    void aFindingIsNoStateOfMemory() {
        Response finding = new Response(new When(null, null, Severity.Low), List.of(Action.Restart));

        assertThat(answered(State.Critical, Verdict.RetentionLeak, finding)).isEmpty();
    }

    private static List<Action> answered(State state, Verdict verdict, Response... responses) {
        return PolicyPlan.of(Shop.withResponses(responses))
                .responseTo(Views.container(state, verdict))
                .map(Response::actions)
                .orElse(List.of());
    }

    private static Response response(State least, @Nullable List<Verdict> verdicts, Action action) {
        return new Response(new When(least, verdicts, null), List.of(action));
    }
}
