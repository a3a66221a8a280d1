package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A steady leak of 0.7 MiB an interval on a base of 10 MiB in a heap of 128 MiB, told in time at any interval. */
class LeakTimingTest {

    @ParameterizedTest
    @CsvSource({"PT2S,1", "PT2S,2", "PT2S,3", "PT1M,4", "PT1M,5", "PT1S,6", "PT1M,7", "PT2S,8", "PT2S,9"})
    void toldInTimeWithTheRightClassFirst(Duration interval, long seed) {
        SimulatedJvm jvm = new SimulatedJvm(seed, interval, 128)
                .live(step -> 10 + 0.7 * step)
                .liveHistograms();

        Timeline timeline = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), 155));

        assertThat(timeline.firstAtLeast(State.Healthy)).isLessThanOrEqualTo(20);
        assertThat(timeline.at(20)).isEqualTo(State.Healthy);
        assertThat(timeline.firstAtLeast(State.Suspect)).isLessThan(50);
        assertThat(timeline.firstAtLeast(State.Leaking)).isLessThan(75);
        assertThat(timeline.firstAtLeast(State.Critical)).isBetween(timeline.firstAtLeast(State.Leaking), 155);
        Assessment told = timeline.assessments().get(74);
        assertThat(told.verdict()).isEqualTo(Verdict.RetentionLeak);
        assertThat(told.culprits().getFirst().className()).isEqualTo("com.shop.Order");
        assertThat(told.culprits().getFirst().heldBy()).isEqualTo("java.util.HashMap");
        assertThat(told.culprits().getFirst().explains()).isGreaterThan(0.4);
        double unitsPerInterval = 0.7 * 1024;
        assertThat(told.culprits().getFirst().unitsPerHour() * interval.toMillis() / 3_600_000)
                .isBetween(0.8 * unitsPerInterval, 1.2 * unitsPerInterval);
    }

    @ParameterizedTest
    @CsvSource({"PT2S", "PT1M"})
    void withoutHistogramsAnOldCollectionTells(Duration interval) {
        SimulatedJvm jvm = new SimulatedJvm(11, interval, 128)
                .live(step -> 10 + 0.3 * step)
                .promoting(0.5, 0, 60);
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());

        Assessment last = detector.observe(jvm.next(false));
        State worst = last.state();
        for (int i = 0; i < 300; i++) {
            last = detector.observe(jvm.next(false));
            worst = last.state().confirmed() ? last.state() : worst;
        }

        assertThat(worst.confirmed()).isTrue();
        assertThat(last.culprits()).isEmpty();
        assertThat(last.reasons()).anyMatch(reason -> reason.contains("after an old collection"));
    }

    @Test
    void nineOfTenAreToldWithin150SecondsAndAllWithin200() {
        int runs = 200;
        int inTime = 0;
        for (int seed = 1; seed <= runs; seed++) {
            SimulatedJvm jvm = new SimulatedJvm(seed, Duration.ofSeconds(2), 128)
                    .live(step -> 10 + 0.7 * step)
                    .liveHistograms();
            Timeline timeline = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), 100));
            int told = timeline.firstAtLeast(State.Leaking);
            assertThat(told).as("seed %d", seed).isLessThanOrEqualTo(100);
            assertThat(timeline.assessments()
                            .get(told - 1)
                            .culprits()
                            .getFirst()
                            .className())
                    .isEqualTo("com.shop.Order");
            inTime += told < 75 ? 1 : 0;
        }
        assertThat(inTime).isGreaterThanOrEqualTo(runs * 9 / 10);
    }

    @ParameterizedTest
    @CsvSource({"G1,1,100", "G1,2,100", "G1,3,100", "Serial,4,145", "Parallel,5,145", "ZGC,6,80", "Shenandoah,7,80"})
    void whereGarbageIsCountedItIsToldBeyondWhatTheCollectorLeavesLying(Collector collector, long seed, int before) {
        SimulatedJvm jvm = new SimulatedJvm(seed, Duration.ofSeconds(2), 128)
                .on(collector)
                .live(step -> 10 + 0.7 * step)
                .oldCollectionAt(collector == Collector.G1 ? Double.MAX_VALUE : 85);

        Timeline timeline = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), 155));

        assertThat(timeline.firstAtLeast(State.Suspect)).isLessThan(50);
        assertThat(timeline.firstAtLeast(State.Leaking)).isLessThan(before);
        assertThat(timeline.last().culprits().getFirst().className()).isEqualTo("com.shop.Order");
    }

    @ParameterizedTest
    @CsvSource({"PT2S", "PT1M"})
    void aJvmThatGivesNoValueAfterCollectionsIsJudgedByItsFloor(Duration interval) {
        SimulatedJvm jvm = new SimulatedJvm(12, interval, 256)
                .live(step -> 20 + 0.7 * step)
                .withoutAfterGc()
                .on(Collector.G1);

        Timeline timeline = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), 290));

        assertThat(timeline.firstAtLeast(State.Leaking)).isLessThan(250);
        assertThat(timeline.last().reasons()).anyMatch(reason -> reason.contains("no value after collections"));
    }
}
