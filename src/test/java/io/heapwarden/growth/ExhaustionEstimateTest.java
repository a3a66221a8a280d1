package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExhaustionEstimateTest {

    private static final int RUNS = 200;

    @Test
    void theIntervalHoldsTheTruthInNineOfTenRunsAndIsNarrowAtHalfOfTheHeadroom() {
        int held = 0;
        int narrow = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            double slope = 0.2 + seed % 10 * 0.06;
            SimulatedJvm jvm = new SimulatedJvm(seed, Duration.ofMinutes(1), 128).live(step -> 10 + slope * step);
            int half = (int) (0.5 * 110 / slope);
            Exhaustion exhaustion = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), half))
                    .last()
                    .exhaustion();
            assertThat(exhaustion).as("seed %d", seed).isNotNull();
            double truth = (Watched.Heap.usableShareOfLimit() * 128 - 10) / slope - half;
            Duration latest = exhaustion.latest();
            boolean above = exhaustion.earliest().toMinutes() <= truth;
            boolean below = latest == null || latest.toMinutes() >= truth;
            held += above && below ? 1 : 0;
            narrow += latest != null
                            && latest.toMinutes() <= 4 * exhaustion.earliest().toMinutes()
                    ? 1
                    : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(RUNS * 9 / 10);
        assertThat(narrow).isGreaterThanOrEqualTo(RUNS * 9 / 10);
    }

    @Test
    void latestIsUnknownWhenTheGrowthMayStop() {
        BucketClock clock = new BucketClock(0, 1000);
        Series series = new Series(Watched.Heap, clock);
        double[] minima = {10, 11, 10.5, 14, 14.5, 14.2, 20, 20, 19.5, 28, 27, 30, 31};
        long at = 0;
        for (double minimum : minima) {
            for (int i = 0; i < 8; i++, at += 1000) {
                clock.advance(at);
                series.observe(at, (long) (minimum * SimulatedJvm.MIB), null, true);
            }
        }
        Exhaustion steady = ExhaustionEstimate.of(series, at, at, 128 * SimulatedJvm.MIB);
        assertThat(steady).isNotNull();

        for (int i = 0; i < 96; i++, at += 1000) {
            double level = 30 + (i / 8 % 2 == 0 ? 0 : 4) + i * 0.01;
            clock.advance(at);
            series.observe(at, (long) (level * SimulatedJvm.MIB), null, true);
        }
        Exhaustion wavering = ExhaustionEstimate.of(series, at, at, 128 * SimulatedJvm.MIB);
        assertThat(wavering).isNotNull();
        assertThat(wavering.latest()).isNull();
    }
}
