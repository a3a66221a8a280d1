package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which time is good, which is bad, and which is missing. */
class PodTimeTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ObjectiveTracker tracker = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);

    @Test
    void oneSampleAloneIsNoTime() {
        see(0, State.Leaking);

        assertThat(spentUntil(0)).isEqualTo(minutes(0, 0, 0));
    }

    @Test
    void theTimeBetweenTwoSamplesIsAsTheLaterOneSays() {
        see(0, State.Healthy);
        see(1, State.Healthy);
        see(2, State.Leaking);
        see(3, State.Critical);
        see(4, State.Suspect);

        assertThat(spentUntil(4)).isEqualTo(minutes(2, 2, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"WarmingUp", "Unreachable"})
    void whatIsNotJudgedIsMissing(State state) {
        see(0, State.Healthy);
        see(1, state);

        assertThat(spentUntil(1)).isEqualTo(minutes(0, 0, 1));
    }

    @Test
    void fiveIntervalsAreNoGapYet() {
        see(0, State.Healthy);
        see(5, State.Healthy);

        assertThat(spentUntil(5)).isEqualTo(minutes(5, 0, 0));
    }

    @Test
    void moreThanFiveIntervalsAreMissingAndNeverGood() {
        see(0, State.Healthy);
        tracker.observe(Samples.heap(START.plusSeconds(301), 1), Assessments.of(State.Healthy));

        Compliance compliance = tracker.compliance(START.plusSeconds(301));
        assertThat(compliance.good()).isZero();
        assertThat(compliance.missing()).isEqualTo(Duration.ofSeconds(301));
    }

    @Test
    void aSampleThatIsNotLaterIsLeftOut() {
        see(0, State.Healthy);
        see(6, State.Healthy);
        see(6, State.Leaking);
        see(2, State.Leaking);
        see(7, State.Healthy);

        assertThat(spentUntil(7)).isEqualTo(minutes(1, 0, 6));
    }

    @Test
    void timesOfSeveralContainersAreAddedUp() {
        ObjectiveTracker other = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);
        for (int minute = 0; minute <= 3; minute++) {
            see(minute, State.Healthy);
            other.observe(Samples.heap(at(minute), 1), Assessments.of(State.Leaking));
        }

        Compliance both = SpentTime.compliance(GrowthObjective.NO_LEAK, List.of(tracker.spent(), other.spent()), at(3));

        assertThat(both.compliance()).isEqualTo(0.5);
        assertThat(both.burnRate()).isCloseTo(50, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aLeakThatIsOverLeavesTheHourButNotThePeriod() {
        see(0, State.Leaking);
        see(1, State.Leaking);
        for (int minute = 2; minute <= 120; minute++) {
            see(minute, State.Healthy);
        }

        Compliance compliance = tracker.compliance(at(120));
        assertThat(compliance.burnRate()).isZero();
        assertThat(compliance.bad()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aTargetWithoutBudgetAndAPeriodOfNothingAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new GrowthObjective("strict", new Criterion.NoConfirmedLeak(), 1.0, Duration.ofDays(1)))
                .withMessageContainingAll("strict", "1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GrowthObjective("short", new Criterion.NoConfirmedLeak(), 0.5, Duration.ZERO))
                .withMessageContainingAll("short", "period");
    }

    private void see(int minute, State state) {
        tracker.observe(Samples.heap(at(minute), 1), Assessments.of(state));
    }

    private List<Duration> spentUntil(int minute) {
        Compliance compliance = tracker.compliance(at(minute));
        return List.of(compliance.good(), compliance.bad(), compliance.missing());
    }

    private static List<Duration> minutes(int good, int bad, int missing) {
        return List.of(Duration.ofMinutes(good), Duration.ofMinutes(bad), Duration.ofMinutes(missing));
    }

    private static Instant at(int minute) {
        return START.plus(INTERVAL.multipliedBy(minute));
    }
}
