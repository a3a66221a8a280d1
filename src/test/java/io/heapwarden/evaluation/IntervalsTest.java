package io.heapwarden.evaluation;

import static io.heapwarden.evaluation.HandMade.minute;
import static io.heapwarden.evaluation.HandMade.printed;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    private final Truth truth = HandMade.leak(minute(91), null);
    private final Runway runway = new Runway(HandMade.heap(91, minute -> 40 + 10 * minute), truth);

    private Intervals of(Observation... observations) {
        return Intervals.of(List.of(observations), truth.exhaustedAt(), runway);
    }

    @Test
    void holdBothTheirEnds() {
        assertThat(of(printed(41, State.Leaking, 50, 60)).confirmed()).isEqualTo(new Proportion(1, 1));
        assertThat(of(printed(41, State.Leaking, 40, 50)).confirmed()).isEqualTo(new Proportion(1, 1));
        assertThat(of(printed(41, State.Leaking, 51, 60)).confirmed()).isEqualTo(new Proportion(0, 1));
        assertThat(of(printed(41, State.Leaking, 40, 49)).confirmed()).isEqualTo(new Proportion(0, 1));
    }

    @Test
    void withoutALatestHoldEverythingLater() {
        assertThat(of(printed(41, State.Leaking, 1, -1)).confirmed()).isEqualTo(new Proportion(1, 1));
        assertThat(of(printed(41, State.Leaking, 60, -1)).confirmed()).isEqualTo(new Proportion(0, 1));
    }

    @Test
    void countOnceForEachChange() {
        Intervals intervals = of(
                printed(40, State.Suspect, 1, 2),
                printed(41, State.Leaking, 40, 60),
                printed(42, State.Leaking, 40, 60),
                printed(43, State.Leaking, 1, 2),
                printed(44, State.Critical, 40, 60));

        assertThat(intervals.confirmed()).isEqualTo(new Proportion(2, 3));
        assertThat(intervals.all()).isEqualTo(new Proportion(2, 4));
    }

    @Test
    void areNotJudgedAfterExhaustionOrWithoutOne() {
        assertThat(of(printed(91, State.Critical, 0, 0)).confirmed()).isEqualTo(new Proportion(0, 0));
        assertThat(Intervals.of(List.of(printed(41, State.Leaking, 1, 2)), null, runway))
                .isEqualTo(Intervals.NONE);
    }

    @Test
    void areMeasuredAtHalfOfTheHeadroom() {
        assertThat(of(printed(45, State.Leaking, 10, 90), printed(46, State.Leaking, 30, 90))
                        .latestToEarliestAtHalf())
                .isEqualTo(3.0);
        assertThat(of(printed(46, State.Leaking, 30, -1)).latestToEarliestAtHalf())
                .isInfinite();
        assertThat(of(printed(45, State.Leaking, 30, 90)).latestToEarliestAtHalf())
                .isNull();
    }
}
