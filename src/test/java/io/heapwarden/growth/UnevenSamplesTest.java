package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Samples that are missing, late, repeated, out of order or empty. */
class UnevenSamplesTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Test
    void repeatedAndEarlierSamplesChangeNothing() {
        SimulatedJvm jvm = leaking(1);
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
        Sample early = jvm.next(false);
        detector.observe(early);
        for (int i = 0; i < 80; i++) {
            Sample sample = jvm.next(false);
            Assessment first = detector.observe(sample);
            DetectorCheckpoint before = detector.checkpoint();
            assertThat(detector.observe(sample)).isEqualTo(first);
            assertThat(detector.observe(early)).isEqualTo(first);
            assertThat(detector.checkpoint()).isEqualTo(before);
        }
    }

    @Test
    void aLeakIsToldWithEverySixthSampleMissingAndAllOthersLate() {
        SimulatedJvm jvm = leaking(2);
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
        Random random = new Random(1);
        Assessment last = detector.observe(jvm.next(false));
        int told = 0;
        for (int i = 2; i < 120; i++) {
            Sample sample = jvm.next(last.histogramWanted() && i % 5 == 0);
            if (i % 6 != 0 || sample.histogram() != null) {
                last = detector.observe(at(sample, sample.at().plusMillis(random.nextInt(400))));
            }
            told = told == 0 && last.state().confirmed() ? i : told;
        }
        assertThat(told).isBetween(40, 110);
    }

    @Test
    void aGapIsMissingAndNeverZero() {
        SimulatedJvm jvm = new SimulatedJvm(3, INTERVAL, 128).live(step -> 60);
        RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
        for (int i = 0; i < 200; i++) {
            Sample sample = jvm.next(false);
            Instant at = i < 100 ? sample.at() : sample.at().plus(Duration.ofHours(5));
            Assessment assessment = detector.observe(at(sample, at));
            assertThat(assessment.state()).isIn(State.WarmingUp, State.Healthy);
        }
        DetectorCheckpoint.SeriesState heap = detector.checkpoint().series().getFirst();
        assertThat(heap.base()).isGreaterThan(59 * SimulatedJvm.MIB);
    }

    @Test
    void samplesWithoutAnyValueAreNoEvidence() {
        RisingFloorDetector detector = new RisingFloorDetector(leaking(1).life());
        Assessment last = null;
        for (int i = 1; i <= 50; i++) {
            last = detector.observe(
                    Sample.at(SimulatedJvm.START.plus(INTERVAL.multipliedBy(i))).build());
        }
        assertThat(last).isNotNull();
        assertThat(last.state()).isEqualTo(State.Healthy);
        assertThat(last.signals()).isEmpty();
    }

    @Test
    void collectionCountersThatGoBackDoNotConfirmAnything() {
        Survival survival = new Survival();
        survival.observe(100, 100, new Sample.GcCount(50, 5, 1), 10);
        survival.observe(100, 100, new Sample.GcCount(51, 6, 1), 10);
        survival.observe(100, 100, new Sample.GcCount(2, 0, 0), 10);
        survival.observe(100, 100, new Sample.GcCount(70, 0, 0), 10);
        assertThat(survival.confirms(10, 100)).isFalse();
    }

    private static SimulatedJvm leaking(long seed) {
        return new SimulatedJvm(seed, INTERVAL, 128)
                .live(step -> 10 + 0.7 * step)
                .liveHistograms();
    }

    private static Sample at(Sample sample, Instant at) {
        return new Sample(
                at,
                sample.heapUsed(),
                sample.heapAfterGc(),
                sample.heapCommitted(),
                sample.metaspace(),
                sample.classesLoaded(),
                sample.classesUnloaded(),
                sample.threads(),
                sample.direct(),
                sample.rss(),
                sample.anon(),
                sample.workingSet(),
                sample.cpuSeconds(),
                sample.gc(),
                sample.histogram());
    }
}
