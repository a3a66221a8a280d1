package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What must not matter: when a life is lived, and how fast, as long as a day is far away; and what must never be told. */
class InvariancePropertyTest {

    private static final int SAMPLES = 150;

    @Property(tries = 40)
    void aShiftInTimeChangesNothing(
            @ForAll @LongRange(min = -1_000_000_000L, max = 2_000_000_000L) long seconds,
            @ForAll @IntRange(min = 1, max = 500) int seed,
            @ForAll @IntRange(min = 0, max = 2) int kind) {
        SimulatedJvm jvm = jvm(kind, seed, Duration.ofSeconds(2));
        Life life = jvm.life();
        RisingFloorDetector here = new RisingFloorDetector(life);
        RisingFloorDetector there =
                new RisingFloorDetector(startingAt(life, life.startedAt().plusSeconds(seconds)));
        for (int i = 1; i <= SAMPLES; i++) {
            Sample sample = jvm.next(i % 5 == 0);
            Assessment expected = here.observe(sample);
            assertThat(there.observe(at(sample, sample.at().plusSeconds(seconds))))
                    .isEqualTo(expected);
        }
    }

    @Property(tries = 40)
    void oneSampleASecondAndTwoAMinuteAreJudgedAlike(
            @ForAll @IntRange(min = 1, max = 500) int seed, @ForAll @IntRange(min = 0, max = 2) int kind) {
        SimulatedJvm slow = jvm(kind, seed, Duration.ofSeconds(30));
        SimulatedJvm fast = jvm(kind, seed, Duration.ofSeconds(1));
        RisingFloorDetector slowly = new RisingFloorDetector(slow.life());
        RisingFloorDetector quickly = new RisingFloorDetector(fast.life());
        for (int i = 1; i <= SAMPLES; i++) {
            Assessment expected = slowly.observe(slow.next(i % 5 == 0));
            Assessment found = quickly.observe(fast.next(i % 5 == 0));
            assertThat(List.of(found.state(), found.culprits().size()))
                    .isEqualTo(List.of(expected.state(), expected.culprits().size()));
        }
    }

    @Property(tries = 100)
    void noStationarySeriesIsEverTold(
            @ForAll @IntRange(min = 1, max = 100_000) int seed,
            @ForAll @DoubleRange(min = 5, max = 100) double level,
            @ForAll @DoubleRange(min = 0, max = 0.9) double memory,
            @ForAll @DoubleRange(min = 0.1, max = 10) double noise) {
        Random random = new Random(seed);
        double[] state = {0};
        assertNeverTold(seed, step -> {
            state[0] = memory * state[0] + noise * random.nextGaussian();
            return Math.clamp(level + state[0], 1, 120);
        });
    }

    @Property(tries = 100)
    void noPeriodicSeriesIsEverTold(
            @ForAll @IntRange(min = 1, max = 100_000) int seed,
            @ForAll @IntRange(min = 3, max = 60) int period,
            @ForAll @DoubleRange(min = 1, max = 100) double swing) {
        assertNeverTold(seed, step -> 10 + swing * (1 - Math.cos(2 * Math.PI * step / period)) / 2);
    }

    @Property(tries = 100)
    void noCacheThatFillsLessThanAThirdOfItsRoomIsEverTold(
            @ForAll @IntRange(min = 1, max = 100_000) int seed,
            @ForAll @IntRange(min = 5, max = 300) int steps,
            @ForAll @DoubleRange(min = 1, max = 35) double size) {
        assertNeverTold(seed, step -> 10 + size * Math.min(1, (double) step / steps));
    }

    private static void assertNeverTold(long seed, LongToDoubleFunction live) {
        SimulatedJvm jvm = new SimulatedJvm(seed, Duration.ofMinutes(1), 128).live(live);
        assertThat(jvm.run(new RisingFloorDetector(jvm.life()), 400))
                .noneMatch(assessment -> assessment.state().confirmed());
    }

    private static SimulatedJvm jvm(int kind, long seed, Duration interval) {
        SimulatedJvm jvm = new SimulatedJvm(seed, interval, 128).liveHistograms();
        return switch (kind) {
            case 0 -> jvm.live(step -> 10 + 0.7 * step);
            case 1 -> jvm.live(step -> 15 + (step % 60 < 40 ? step % 60 : 0));
            default -> jvm.live(step -> 10 + 0.2 * step).threads(step -> 30 + step);
        };
    }

    private static Life startingAt(Life life, Instant start) {
        return new Life(
                start,
                life.interval(),
                life.maxHeap(),
                life.containerLimit(),
                life.maxMetaspace(),
                life.maxDirect(),
                life.maxThreads(),
                life.collector());
    }

    private static Sample at(Sample sample, Instant at) {
        return Sample.at(at)
                .heapUsed(sample.heapUsed())
                .heapAfterGc(sample.heapAfterGc())
                .heapCommitted(sample.heapCommitted())
                .metaspace(sample.metaspace())
                .classesLoaded(sample.classesLoaded())
                .classesUnloaded(sample.classesUnloaded())
                .threads(sample.threads())
                .direct(sample.direct())
                .anon(sample.anon())
                .gc(sample.gc())
                .histogram(sample.histogram())
                .build();
    }
}
