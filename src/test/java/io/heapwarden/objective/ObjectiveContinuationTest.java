package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator that was restarted judges on as if it had never been away. */
class ObjectiveContinuationTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int SAMPLES = 90;

    static List<GrowthObjective> objectives() {
        return List.of(
                GrowthObjective.NO_LEAK,
                bounded(30),
                new GrowthObjective(
                        "runway",
                        new Criterion.LeastTimeToExhaustion(Duration.ofHours(1)),
                        0.999,
                        Duration.ofHours(2)));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void aCutAnywhereChangesNothing(GrowthObjective objective) {
        ObjectiveTracker whole = new ObjectiveTracker(objective, INTERVAL);
        see(whole, 0, SAMPLES);
        ObjectiveCheckpoint wholeCheckpoint = whole.checkpoint();
        for (int cut = 0; cut <= SAMPLES; cut++) {
            ObjectiveTracker before = new ObjectiveTracker(objective, INTERVAL);
            see(before, 0, cut);
            ObjectiveTracker after = new ObjectiveTracker(objective, INTERVAL);
            after.restore(before.checkpoint());
            see(after, cut, SAMPLES);

            assertThat(after.checkpoint()).as("cut at %d", cut).isEqualTo(wholeCheckpoint);
            assertThat(after.compliance(at(SAMPLES))).as("cut at %d", cut).isEqualTo(whole.compliance(at(SAMPLES)));
        }
    }

    @Test
    void aChangedObjectiveStartsAnew() {
        ObjectiveTracker before = new ObjectiveTracker(bounded(30), INTERVAL);
        see(before, 0, SAMPLES);
        ObjectiveTracker changed = new ObjectiveTracker(bounded(31), INTERVAL);

        changed.restore(before.checkpoint());

        assertThat(changed.checkpoint()).isEqualTo(new ObjectiveTracker(bounded(31), INTERVAL).checkpoint());
    }

    @Test
    void theTimeInWhichNobodyLookedIsMissing() {
        ObjectiveTracker before = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);
        see(before, 0, 1);
        ObjectiveTracker after = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);
        after.restore(before.checkpoint());

        see(after, 30, 31);

        assertThat(after.compliance(at(30)).missing()).isEqualTo(Duration.ofMinutes(30));
    }

    private static GrowthObjective bounded(double maxGrowth) {
        return new GrowthObjective(
                "floor",
                new Criterion.BoundedGrowth(Signal.HeapAfterGC, null, maxGrowth, Duration.ofMinutes(24)),
                0.99,
                Duration.ofHours(1));
    }

    /** Grows, comes back, is lost for a while, and leaks at the end. */
    private static void see(ObjectiveTracker tracker, int from, int to) {
        for (int minute = from; minute < to; minute++) {
            if (minute < 40 || minute >= 46) {
                tracker.observe(
                        Samples.heap(at(minute), 100 + minute % 30 * 3),
                        minute >= 70
                                ? Assessments.of(State.Leaking)
                                : minute % 10 == 0
                                        ? Assessments.runningOutIn(Duration.ofMinutes(30))
                                        : Assessments.of(minute < 10 ? State.WarmingUp : State.Healthy));
            }
        }
    }

    private static Instant at(int minute) {
        return START.plus(INTERVAL.multipliedBy(minute));
    }
}
