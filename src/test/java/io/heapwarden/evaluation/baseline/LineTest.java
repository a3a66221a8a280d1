package io.heapwarden.evaluation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineTest {

    /** Slope 1.4 and residual sum of squares 0.2 by hand: points (1, 2), (2, 3), (3, 5), (4, 6), shifted far away as times are. */
    @Test
    void isTheLeastSquaresLine() {
        Line line = new Line();
        double far = 1.7e12;
        line.add(far + 1, 2);
        line.add(far + 2, 3);
        line.add(far + 3, 5);
        line.add(far + 4, 6);

        assertThat(line.slope()).isCloseTo(1.4, within(1e-9));
        assertThat(line.at(far + 2.5)).isCloseTo(4, within(1e-9));
        assertThat(line.at(far + 10)).isCloseTo(14.5, within(1e-9));
        assertThat(line.slopeInErrors()).isCloseTo(1.4 / Math.sqrt(0.1 / 5), within(1e-6));
    }

    @Test
    void forgetsOldPoints() {
        Line line = new Line();
        for (int x = 0; x < 20; x++) {
            line.add(x, x < 10 ? 100 : 2 * x);
        }

        line.forgetBefore(10);

        assertThat(line.size()).isEqualTo(10);
        assertThat(line.slope()).isCloseTo(2, within(1e-9));
    }

    @Test
    void isFlatWhileThereIsNone() {
        Line line = new Line();
        line.add(1, 5);

        assertThat(line.slope()).isZero();
        assertThat(line.slopeInErrors()).isZero();
    }
}
