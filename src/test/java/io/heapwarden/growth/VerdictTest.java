package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kind of growth it is, what is said of it, and when it is taken back. */
class VerdictTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void risingThreadsAreAThreadLeak() {
        Timeline timeline = run(new SimulatedJvm(1, MINUTE, 256).threads(step -> 30 + step / 2), 300);

        assertThat(timeline.last().verdict()).isEqualTo(Verdict.ThreadLeak);
        assertThat(timeline.last().histogramWanted()).isTrue();
        assertThat(timeline.last().reasons().getFirst()).contains("The number of threads rose from 35 threads to");
    }

    @Test
    void risingMetaspaceAndClassesThatSurviveOldCollectionsAreAClassLoaderLeak() {
        SimulatedJvm jvm = new SimulatedJvm(1, MINUTE, 256)
                .classLoading(step -> 60 + step * 0.5, step -> 8000 + 60 * step)
                .promoting(1, 0, 80);

        Timeline timeline = run(jvm, 300);

        assertThat(timeline.last().verdict()).isEqualTo(Verdict.ClassLoaderLeak);
    }

    @Test
    void risingMetaspaceWithFlatClassesIsNotToldAsAClassLoaderLeak() {
        SimulatedJvm jvm = new SimulatedJvm(1, MINUTE, 256)
                .classLoading(step -> 60 + step * 0.5, step -> 8000)
                .promoting(1, 0, 80);

        assertThat(run(jvm, 300).firstAtLeast(State.Leaking)).isEqualTo(Timeline.NEVER);
    }

    @Test
    void risingDirectBuffersAreADirectBufferLeak() {
        SimulatedJvm jvm = new SimulatedJvm(1, MINUTE, 256).direct(step -> 4 + step * 0.7);

        Timeline timeline = run(jvm, 300);

        assertThat(timeline.last().verdict()).isEqualTo(Verdict.DirectBufferLeak);
        assertThat(timeline.last().exhaustion()).isNotNull();
    }

    @Test
    void anonymousMemoryThatRisesAloneForMoreThanADayIsNativeGrowthWithDoubt() {
        SimulatedJvm jvm = new SimulatedJvm(1, Duration.ofMinutes(10), 256).anon(step -> 330 + step * 0.3);

        Timeline timeline = run(jvm, 500);

        assertThat(timeline.last().verdict()).isEqualTo(Verdict.NativeGrowth);
        assertThat(timeline.firstAtLeast(State.Leaking)).isGreaterThan(144);
        assertThat(timeline.last().confidence()).isLessThan(0.6);
        assertThat(timeline.last().reasons()).anyMatch(reason -> reason.contains("without being a leak"));
    }

    @Test
    void anonymousMemoryWithinTheCommittedHeapIsNoGrowth() {
        SimulatedJvm jvm =
                new SimulatedJvm(1, Duration.ofMinutes(10), 256).anon(step -> Math.min(290, 100 + step * 0.3));

        assertThat(run(jvm, 600).firstAtLeast(State.Suspect)).isEqualTo(Timeline.NEVER);
    }

    @Test
    void bytesWithoutAnOwnClassNameTheCarrier() {
        SimulatedJvm jvm =
                new SimulatedJvm(1, MINUTE, 128).live(step -> 10 + 0.7 * step).withoutOwnClass();

        Assessment last = run(jvm, 150).last();

        assertThat(last.culprits().getFirst().className()).isEqualTo("byte[]");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void promotedGarbageOfAnOwnClassIsNeverCriticalAndTakenBackAfterTheOldCollection(long seed) {
        SimulatedJvm jvm = new SimulatedJvm(seed, MINUTE, 128).promoting(0.5, 1, 85);

        List<Assessment> assessments = jvm.run(new RisingFloorDetector(jvm.life()), 900);

        assertThat(assessments).noneMatch(a -> a.state() == State.Critical);
        int lastTold = 0;
        for (int i = 0; i < assessments.size(); i++) {
            lastTold = assessments.get(i).state().confirmed() ? i : lastTold;
        }
        int firstOldCollection = (int) ((85 - 10) / 0.5);
        assertThat(lastTold).isLessThan(firstOldCollection + 10);
    }

    @Test
    void aLeakThatIsGivenBackIsTakenBack() {
        SimulatedJvm jvm = new SimulatedJvm(1, MINUTE, 128)
                .live(step -> 10 + (step < 110 ? 0.7 * step : 5))
                .liveHistograms();

        Timeline timeline = run(jvm, 160);

        assertThat(timeline.at(100).confirmed()).isTrue();
        assertThat(timeline.last().state()).isEqualTo(State.Healthy);
        assertThat(timeline.last().culprits()).isEmpty();
    }

    @Test
    void reasonsAreSentencesWithFigures() {
        SimulatedJvm jvm = new SimulatedJvm(1, Duration.ofSeconds(2), 128).live(step -> 10 + 0.7 * step);

        List<String> reasons = run(jvm, 80).last().reasons();

        assertThat(reasons.getFirst())
                .matches("Heap after collection rose from \\d+\\.\\d MiB to \\d+\\.\\d MiB and has not come back\\.");
        assertThat(reasons).anyMatch(r -> r.contains("up to the limit of 128.0 MiB"));
        assertThat(reasons).anyMatch(r -> r.contains("3 of 3 evaluations"));
        assertThat(reasons).anyMatch(r -> r.startsWith("com.shop.Order, held by java.util.HashMap, gains "));
        assertThat(reasons).anyMatch(r -> r.contains("no sooner than in"));
        assertThat(reasons).allMatch(r -> r.endsWith("."));
    }

    private static Timeline run(SimulatedJvm jvm, int samples) {
        return new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), samples));
    }
}
