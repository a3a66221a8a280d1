package io.heapwarden.evaluation;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RunwayTest {

    private static final Offset<Double> NEAR = within(1e-9);

    /** From 50 at minute 1; 95 % of the limit of 1000 is 900 more. */
    private final Recording line = HandMade.heap(91, minute -> 40 + 10 * minute);

    @Test
    void countsGrowthFromTheBaseToTheUsableLimit() {
        Runway runway = new Runway(line, HandMade.leak(minute(91), null));

        assertThat(runway.headroomUsed(minute(1))).isZero();
        assertThat(runway.headroomUsed(minute(46))).isCloseTo(0.5, NEAR);
        assertThat(runway.headroomUsed(minute(91))).isCloseTo(1, NEAR);
        assertThat(runway.halfUsedAt()).isEqualTo(minute(46));
    }

    @Test
    void countsOnlyWhatNeverComesBack() {
        Recording sawtooth = HandMade.heap(100, minute -> 50 + (minute % 10) * 50);

        Runway runway = new Runway(sawtooth, HandMade.leak(null, null));

        assertThat(runway.headroomUsed(minute(49))).isZero();
    }

    @Test
    void countsFromWhereTheLeakBegan() {
        Recording later = HandMade.heap(100, minute -> minute <= 50 ? 450 : 450 + 10 * (minute - 50));

        Runway runway = new Runway(later, HandMade.leak(minute(100), minute(50)));

        assertThat(runway.headroomUsed(minute(75))).isCloseTo(0.5, NEAR);
        assertThat(runway.timeUsed(minute(75))).isCloseTo(0.5, NEAR);
        assertThat(runway.timeUsed(minute(10))).isZero();
    }

    @Test
    void takesHeapInUseOnlyWhereNothingIsKnownAfterCollections() {
        Recording both = HandMade.recording(
                50, (sample, minute) -> sample.heapUsed(900L).heapAfterGc(minute < 5 ? null : 40 + 10 * minute));
        Recording used = HandMade.recording(50, (sample, minute) -> sample.heapUsed(40 + 10 * minute));

        double afterGc = new Runway(both, HandMade.leak(null, null)).headroomUsed(minute(46));
        double inUse = new Runway(used, HandMade.leak(null, null)).headroomUsed(minute(46));

        assertThat(afterGc).isCloseTo((500.0 - 90) / (950 - 90), NEAR);
        assertThat(inUse).isCloseTo(0.5, NEAR);
    }

    @Test
    void takesTheTimeWhereThereIsNoLimit() {
        Recording nothing = HandMade.recording(10, (sample, minute) -> sample);

        Runway runway = new Runway(nothing, HandMade.leak(minute(21), null));

        assertThat(runway.headroomUsed(minute(11))).isNull();
        assertThat(runway.used(minute(11))).isCloseTo(0.5, NEAR);
        assertThat(new Runway(nothing, HandMade.leak(null, null)).used(minute(9)))
                .isNull();
    }
}
