package io.heapwarden.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against the values that Newcombe, Statistics in Medicine 17 (1998), table I, prints for Wilson's interval without correction. */
class ProportionTest {

    @Test
    void holdsPublishedIntervals() {
        assertInterval(new Proportion(81, 263), 0.2553, 0.3662);
        assertInterval(new Proportion(15, 148), 0.0624, 0.1605);
        assertInterval(new Proportion(0, 20), 0, 0.1611);
        assertInterval(new Proportion(1, 29), 0.0061, 0.1718);
    }

    private static void assertInterval(Proportion proportion, double low, double high) {
        assertThat(proportion.low()).isCloseTo(low, within(0.0001));
        assertThat(proportion.high()).isCloseTo(high, within(0.0001));
    }

    @Test
    void neverLeavesZeroToOne() {
        assertThat(new Proportion(0, 3).low()).isBetween(0.0, 1e-12);
        assertThat(new Proportion(3, 3).high()).isBetween(1 - 1e-12, 1.0);
    }

    @Test
    void readsAsADashOfNothing() {
        assertThat(new Proportion(0, 0)).hasToString("–");
        assertThat(new Proportion(2, 3)).hasToString("0.667 (2 of 3; 0.21–0.94)");
    }
}
