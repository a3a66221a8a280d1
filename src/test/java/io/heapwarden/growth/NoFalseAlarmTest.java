package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Workloads that look like leaks and are none: never told, at any interval. */
class NoFalseAlarmTest {

    private static final int SEEDS = 5;
    private static final int SAMPLES = 1500;

    static Stream<Arguments> workloads() {
        return Stream.of(
                        workload("sawtooth over a flat floor", jvm -> jvm),
                        workload("sawtooth without values after collections", SimulatedJvm::withoutAfterGc),
                        workload("noisy floor", jvm -> jvm.live(noisy(30, 8))),
                        workload("random walk that is bounded", jvm -> jvm.live(boundedWalk())),
                        workload(
                                "cache that fills and levels off",
                                jvm -> jvm.live(step -> 10 + 70 * (1 - Math.exp(-step / 60.0)))),
                        workload(
                                "cache that fills in a line, then is flat",
                                jvm -> jvm.live(step -> 10 + Math.min(30, 0.1 * step))),
                        workload("one step after a deployment", jvm -> jvm.live(step -> step < 400 ? 20 : 85)),
                        workload(
                                "steep ramp, then flat",
                                jvm -> jvm.live(step -> 20 + 60 * Math.clamp((step - 500) / 20.0, 0, 1))),
                        workload(
                                "batch jobs that return",
                                jvm -> jvm.live(step -> 15 + (step % 50 < 30 ? step % 50 * 1.5 : 0))),
                        workload(
                                "long batch jobs that return",
                                jvm -> jvm.live(step -> 15 + (step % 200 < 150 ? step % 200 * 0.2 : 0))),
                        workload("promoted garbage, freed at 45 % of the heap", jvm -> jvm.promoting(0.4, 0, 57)),
                        workload("promoted garbage of an own class, freed at 40 %", jvm -> jvm.promoting(0.4, 1, 50)),
                        workload(
                                "promoted garbage, freed when the old generation is full",
                                jvm -> jvm.promoting(0.4, 0, 85)),
                        workload(
                                "short class loading",
                                jvm -> jvm.classLoading(
                                        step -> 40 + 40 * (1 - Math.exp(-step / 40.0)),
                                        step -> 5000 + 6000 * (1 - Math.exp(-step / 40.0)))),
                        workload(
                                "thread pool that breathes",
                                jvm -> jvm.threads(step -> 40 + Math.round(20 * Math.sin(step / 25.0)))),
                        workload(
                                "container memory that levels off",
                                jvm -> jvm.anon(step -> 100 + 100 * (1 - Math.exp(-step / 200.0)))))
                .flatMap(workload -> Stream.of("PT1S", "PT2S", "PT1M", "PT10M", "PT1H")
                        .map(interval -> Arguments.of(workload.name(), workload, Duration.parse(interval))));
    }

    @ParameterizedTest(name = "{0}, every {2}")
    @MethodSource("workloads")
    void isNeverTold(String name, Workload workload, Duration interval) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedJvm jvm = workload.prepare().apply(new SimulatedJvm(seed, interval, 128));
            Timeline timeline = new Timeline(jvm.run(new RisingFloorDetector(jvm.life()), SAMPLES));
            assertThat(timeline.firstAtLeast(State.Leaking))
                    .as("seed %d, told because %s", seed, timeline.reasonsFirstTold())
                    .isEqualTo(Timeline.NEVER);
        }
    }

    static Stream<Arguments> dailySwings() {
        return Stream.of("PT1M", "PT10M", "PT1H")
                .map(Duration::parse)
                .flatMap(interval -> Stream.of(0.0, 0.25, 0.5, 0.75).map(phase -> Arguments.of(interval, phase)));
    }

    @ParameterizedTest(name = "every {0}, begun at {1} of the day")
    @MethodSource("dailySwings")
    void aDailySwingIsNeverTold(Duration interval, double phase) {
        double perDay = (double) Duration.ofDays(1).toMillis() / interval.toMillis();
        SimulatedJvm jvm = new SimulatedJvm(3, interval, 128)
                .live(step -> 50 - 30 * Math.cos(2 * Math.PI * (step / perDay + phase)));

        List<Assessment> assessments = jvm.run(new RisingFloorDetector(jvm.life()), (int) Math.max(1500, 5 * perDay));

        assertThat(assessments).noneMatch(assessment -> assessment.state().confirmed());
    }

    private static LongToDoubleFunction noisy(double level, double amplitude) {
        Random random = new Random(5);
        return step -> level + amplitude * random.nextDouble();
    }

    private static LongToDoubleFunction boundedWalk() {
        Random random = new Random(6);
        double[] level = {40};
        return step -> level[0] = Math.clamp(level[0] + random.nextGaussian(), 20, 60);
    }

    private static Workload workload(String name, Function<SimulatedJvm, SimulatedJvm> prepare) {
        return new Workload(name, prepare);
    }

    private record Workload(String name, Function<SimulatedJvm, SimulatedJvm> prepare) {}
}
