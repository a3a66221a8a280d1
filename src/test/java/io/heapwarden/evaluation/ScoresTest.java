package io.heapwarden.evaluation;

import static io.heapwarden.evaluation.HandMade.minute;
import static io.heapwarden.evaluation.HandMade.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final Recording LINE = HandMade.heap(91, minute -> 40 + 10 * minute);

    private static Outcome of(Truth truth, Observation... observations) {
        return Outcome.of(truth, LINE, List.of(observations));
    }

    private static Outcome leak(Observation... observations) {
        return of(HandMade.leak(minute(91), null), observations);
    }

    private final Outcome early = leak(
            said(20, State.Leaking, Verdict.RetentionLeak, "byte[]", "com.shop.Order"),
            said(80, State.Critical, Verdict.RetentionLeak, "com.shop.Order"));
    private final Outcome late = leak(said(80, State.Critical, Verdict.NativeGrowth, "a", "b", "com.shop.Order"));
    private final Outcome missed = leak(said(80, State.Suspect, Verdict.Unknown, "com.shop.Order"));
    private final Outcome takenBack = leak(
            said(40, State.Leaking, Verdict.RetentionLeak, "com.shop.Order"), said(80, State.Healthy, Verdict.Healthy));
    private final Outcome tooEarly = of(
            HandMade.leak(minute(91), minute(50)),
            said(40, State.Leaking, Verdict.RetentionLeak, "com.shop.Order"),
            said(80, State.Leaking, Verdict.RetentionLeak, "com.shop.Order"));
    private final Outcome quiet = of(HandMade.lookAlike(), said(80, State.Suspect, Verdict.Unknown));
    private final Outcome alarmed = of(HandMade.lookAlike(), said(80, State.Leaking, Verdict.RetentionLeak));
    private final Outcome alarmedOnce = of(
            HandMade.lookAlike(),
            said(70, State.Leaking, Verdict.RetentionLeak),
            said(80, State.Healthy, Verdict.Healthy));
    private final Outcome churn = of(HandMade.other(Verdict.Churn), said(80, State.Healthy, Verdict.Churn));
    private final Outcome churnMissed = of(HandMade.other(Verdict.Churn), said(80, State.Healthy, Verdict.Healthy));

    @Test
    void countsLeaksToldAtTheEnd() {
        Scores scores = Scores.of(List.of(early, late, missed, takenBack));

        assertThat(scores.recall()).isEqualTo(new Proportion(2, 4));
        assertThat(scores.everFound()).isEqualTo(new Proportion(3, 4));
    }

    @Test
    void countsFalseAlarmsAtAnyTimeAndBeforeTheLeak() {
        Scores scores = Scores.of(List.of(early, tooEarly, quiet, alarmed, alarmedOnce, churn));

        assertThat(scores.precision()).isEqualTo(new Proportion(2, 5));
        assertThat(scores.falseAlarms()).isEqualTo(new Proportion(2, 4));
    }

    @Test
    void countsVerdicts() {
        assertThat(Scores.of(List.of(early, late, missed)).verdict()).isEqualTo(new Proportion(1, 2));
        assertThat(Scores.of(List.of(churn, churnMissed, quiet)).others()).isEqualTo(new Proportion(1, 2));
    }

    @Test
    void countsRightClassesAtTheEndAndWhenTold() {
        Scores scores = Scores.of(List.of(early, late, missed));

        assertThat(scores.classAtEnd(1)).isEqualTo(new Proportion(1, 2));
        assertThat(scores.classAtEnd(3)).isEqualTo(new Proportion(2, 2));
        assertThat(scores.classWhenTold(1)).isEqualTo(new Proportion(0, 2));
    }

    @Test
    void missedLeaksAreNotEarly() {
        assertThat(Scores.of(List.of(early, late, missed)).early()).isEqualTo(new Proportion(1, 3));
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(missed.faults()).containsExactly("MISSED");
        assertThat(takenBack.faults()).containsExactly("TAKEN BACK", "late");
        assertThat(late.faults()).containsExactly("WRONG VERDICT", "wrong verdict at first", "class not first", "late");
        assertThat(tooEarly.faults()).contains("told before it began");
        assertThat(alarmed.faults()).containsExactly("FALSE ALARM");
        assertThat(alarmedOnce.faults()).containsExactly("false alarm for a time");
        assertThat(churnMissed.faults()).containsExactly("verdict missed");
        assertThat(churn.faults()).isEmpty();
        assertThat(early.faults()).isEmpty();
    }
}
