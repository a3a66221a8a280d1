package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What containers that are gone have spent stays spent. */
class SpentTimeTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    @Test
    void twoContainersThatAreGoneAreWhatTheyWereTogether() {
        ObjectiveTracker one = tracker(0, 50, State.Healthy);
        ObjectiveTracker other = tracker(20, 90, State.Leaking);
        SpentTime gone = new SpentTime(GrowthObjective.NO_LEAK);
        gone.add(one.checkpoint());
        gone.add(other.checkpoint());

        for (int minute : List.of(90, 120, 500, 5_000)) {
            assertThat(SpentTime.compliance(GrowthObjective.NO_LEAK, List.of(gone), at(minute)))
                    .as("minute %d", minute)
                    .isEqualTo(SpentTime.compliance(
                            GrowthObjective.NO_LEAK, List.of(one.spent(), other.spent()), at(minute)));
        }
    }

    @Test
    void theOrderInWhichTheyGoDoesNotMatter() {
        SpentTime gone = new SpentTime(GrowthObjective.NO_LEAK);
        gone.add(tracker(20, 90, State.Leaking).checkpoint());
        gone.add(tracker(0, 50, State.Healthy).checkpoint());

        Compliance compliance = SpentTime.compliance(GrowthObjective.NO_LEAK, List.of(gone), at(90));
        assertThat(compliance.good()).isEqualTo(Duration.ofMinutes(49));
        assertThat(compliance.bad()).isEqualTo(Duration.ofMinutes(69));
    }

    @Test
    void survivesBeingWrittenDown() {
        SpentTime gone = new SpentTime(GrowthObjective.NO_LEAK);
        gone.add(tracker(0, 50, State.Leaking).checkpoint());
        SpentTime read = new SpentTime(GrowthObjective.NO_LEAK);
        read.add(gone.checkpoint());

        assertThat(read.checkpoint()).isEqualTo(gone.checkpoint());
        assertThat(read.checkpoint().last()).isNull();
    }

    @Test
    void whatSlidOutOfThePeriodIsForgotten() {
        SpentTime gone = new SpentTime(GrowthObjective.NO_LEAK);
        gone.add(tracker(0, 50, State.Leaking).checkpoint());

        Instant later = START.plus(Duration.ofDays(31));
        assertThat(SpentTime.compliance(GrowthObjective.NO_LEAK, List.of(gone), later)
                        .bad())
                .isZero();
    }

    @Test
    void whatWasSpentOnAnotherObjectiveIsLeftOut() {
        SpentTime gone = new SpentTime(
                new GrowthObjective("no-leak", new Criterion.NoConfirmedLeak(), 0.95, Duration.ofDays(30)));

        gone.add(tracker(0, 50, State.Leaking).checkpoint());

        assertThat(gone.checkpoint()).isEqualTo(new SpentTime(gone.objective()).checkpoint());
    }

    private static ObjectiveTracker tracker(int from, int to, State state) {
        ObjectiveTracker tracker = new ObjectiveTracker(GrowthObjective.NO_LEAK, INTERVAL);
        for (int minute = from; minute < to; minute++) {
            tracker.observe(Samples.heap(at(minute), 1), Assessments.of(state));
        }
        return tracker;
    }

    private static Instant at(int minute) {
        return START.plus(INTERVAL.multipliedBy(minute));
    }
}
