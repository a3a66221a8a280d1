package io.heapwarden.evaluation.baseline;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapwarden.evaluation.HandMade;
import org.junit.jupiter.api.Test;

class MannKendallTest {

    /** S = 13 of 15 pairs; its variance for six values without ties is 6·5·17/18. */
    @Test
    void isTheStatisticOfTheTextbooks() {
        double[] values = {1, 2, 4, 3, 5, 6};

        assertThat(MannKendall.statistic(values)).isCloseTo(12 / Math.sqrt(510 / 18.0), within(1e-9));
    }

    /** S = 5; one tie of two takes 2·1·9 from 4·3·13. */
    @Test
    void takesTiesIntoAccount() {
        double[] values = {1, 2, 2, 3};

        assertThat(MannKendall.statistic(values)).isCloseTo(4 / Math.sqrt((156 - 18) / 18.0), within(1e-9));
        assertThat(MannKendall.statistic(new double[] {7, 7, 7})).isZero();
    }

    @Test
    void isNotMovedByOneWildValue() {
        double[] at = {0, 1, 2, 3, 4};

        assertThat(MannKendall.senSlope(at, new double[] {0, 2, 4, 600, 8})).isCloseTo(2, within(1e-9));
    }

    @Test
    void alarmsOnAnythingThatRises() {
        Alarms alarms = new MannKendall(2.33, 0).over(HandMade.heap(100, minute -> 100 + minute));

        assertThat(alarms.first()).isEqualTo(minute(MannKendall.LEAST_SAMPLES));
        assertThat(alarms.atEnd()).isTrue();
    }

    @Test
    void waitsForTheGrowthThatIsAskedFor() {
        Alarms alarms = new MannKendall(2.33, 0.5).over(HandMade.heap(100, minute -> 100 + minute));

        assertThat(alarms.first()).isNull();
    }

    @Test
    void isQuietWithoutATrend() {
        assertThat(new MannKendall(2.33, 0)
                        .over(HandMade.heap(100, minute -> 100 + minute % 10))
                        .first())
                .isNull();
    }
}
