package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe against real JVMs of every JDK on this machine. */
class LiveJvmTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    static Path classes;

    private final ContainerProbe probe =
            new ContainerProbe(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void readsCountersWithOneCommand(Path home) throws Exception {
        Instant before = Instant.now();
        try (LiveProcess jvm = LiveProcess.jvm(home, classes, "-XX:+UseG1GC", "-XX:MaxMetaspaceSize=64m")) {
            JvmReading reading = success(probe.counters(jvm.target()));

            assertThat(probe.commandsRun()).isEqualTo(1);
            assertThat(reading.source()).isEqualTo("hsperfdata over local process");
            assertThat(reading.jvm().pid()).isEqualTo(jvm.pid());
            assertThat(reading.jvm().collector()).isEqualTo(Collector.G1);
            assertThat(reading.jvm().jvmCount()).isEqualTo(1);
            assertThat(reading.jvm().startedAt()).isBetween(before.minusSeconds(2), Instant.now());
            assertThat(reading.maxHeap()).isEqualTo(64 << 20);
            assertThat(reading.maxMetaspace()).isEqualTo(64 << 20);
            assertThat(reading.histogramRefusal()).isNull();
            Sample sample = reading.sample();
            assertThat(sample.heapUsed()).isBetween(1L, 64L << 20);
            assertThat(sample.heapAfterGc()).isBetween(1L, sample.heapUsed());
            assertThat(sample.classesLoaded()).isBetween(100L, 5000L);
            assertThat(sample.threads()).isBetween(5L, 100L);
            assertThat(sample.rss()).isBetween(20L << 20, 500L << 20);
            assertThat(sample.cpuSeconds()).isBetween(0.0, 60.0);
            assertThat(sample.gc().full()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void takesHistograms(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            JvmReading reading = success(probe.counters(jvm.target()));

            ClassHistogram all = success(probe.histogram(jvm.target(), reading, false, LONG));
            ClassHistogram live = success(probe.histogram(jvm.target(), reading, true, LONG));

            assertThat(orders(all)).containsExactly(1000L);
            assertThat(orders(live)).containsExactly(1000L);
            assertThat(probe.commandsRun()).isEqualTo(1 + 2 + 2);
            assertThat(jvm.lines()).containsExactly("ready");
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void asksForTheHeapWhereThereAreNoCounters(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes, "-XX:-UsePerfData", "-XX:+UseSerialGC")) {
            JvmReading reading = success(probe.counters(jvm.target()));
            JvmReading again = success(probe.counters(jvm.target()));

            assertThat(reading.source()).isEqualTo("GC.heap_info over local process");
            assertThat(reading.jvm().collector()).isEqualTo(Collector.Serial);
            assertThat(reading.maxHeap()).isEqualTo(64 << 20);
            assertThat(reading.sample().heapUsed()).isBetween(1L, 64L << 20);
            assertThat(reading.sample().heapAfterGc()).isNull();
            assertThat(reading.histogramRefusal()).isNull();
            assertThat(again.jvm().startedAt()).isEqualTo(reading.jvm().startedAt());
            assertThat(probe.commandsRun()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+DisableAttachMechanism, -XX:+UsePerfData, hsperfdata over local process",
        "-XX:+DisableAttachMechanism, -XX:-UsePerfData, process and control group over local process",
        "-Xrs, -XX:+UsePerfData, hsperfdata over local process",
        "-Xrs, -XX:-UsePerfData, process and control group over local process"
    })
    void neverSignalsAJvmThatDoesNotWantIt(String attach, String perfData, String source) throws Exception {
        for (Path home : JavaHomes.all().toList()) {
            try (LiveProcess jvm = LiveProcess.jvm(home, classes, attach, perfData)) {
                JvmReading reading = success(probe.counters(jvm.target()));

                assertThat(reading.source()).isEqualTo(source);
                assertThat(reading.sample().rss()).isPositive();
                assertThat(reading.histogramRefusal()).isNotNull().satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(RefusalReason.AttachDisabled);
                    assertThat(refusal.detail()).contains(attach);
                });
                assertThat(probe.histogram(jvm.target(), reading, false, LONG)).isEqualTo(reading.histogramRefusal());
                assertThat(jvm.lines()).as("no thread dump in its log").containsExactly("ready");
                assertThat(jvm.alive()).isTrue();
            }
        }
    }

    @Test
    void refusesAPauseThatIsTooLong() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            JvmReading reading = success(probe.counters(jvm.target()));

            ProbeResult<ClassHistogram> result = probe.histogram(jvm.target(), reading, true, Duration.ofMillis(20));

            assertThat(result).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(RefusalReason.PauseTooLong);
                assertThat(refusal.detail()).contains("maxPause is 20 ms").contains("set live to false");
            });
        }
    }

    @Test
    void refusesAHistogramOfAnotherLife() throws Exception {
        try (LiveProcess first = LiveProcess.jvm(JavaHomes.any(), classes);
                LiveProcess second = LiveProcess.jvm(JavaHomes.any(), classes)) {
            JvmReading reading = success(probe.counters(first.target()));

            assertThat(probe.histogram(second.target(), reading, false, LONG))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.NotRunning));
        }
    }

    @Test
    void leavesAJvmThatDoesNotAnswerAlone() throws Exception {
        ProbeLimits impatient = new ProbeLimits(
                LONG,
                256 << 10,
                Duration.ofSeconds(8),
                Duration.ofSeconds(2),
                4 << 20,
                1,
                Duration.ofMinutes(1),
                Duration.ofHours(1));
        ContainerProbe hasty = new ContainerProbe(new LocalProcessRunner(), Clock.systemUTC(), impatient);
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            JvmReading reading = success(hasty.counters(jvm.target()));
            jvm.signal("STOP");

            assertThat(hasty.histogram(jvm.target(), reading, false, LONG))
                    .isEqualTo(new Failure<>(FailureReason.TimedOut, "the JVM did not answer within 2 s"));

            long commands = hasty.commandsRun();
            assertThat(hasty.histogram(jvm.target(), reading, false, LONG))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.BackingOff));
            assertThat(hasty.commandsRun()).as("it only looked").isEqualTo(commands + 1);
            assertThat(success(hasty.counters(jvm.target())).sample().heapUsed())
                    .isPositive();
            jvm.signal("CONT");
        }
    }

    static List<Long> orders(ClassHistogram histogram) {
        List<Long> orders = new ArrayList<>();
        histogram.forEach(entry -> {
            if (entry.className().equals("Idle$Order")) {
                orders.add(entry.instances());
            }
        });
        return orders;
    }

    static <T> T success(ProbeResult<T> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<T>) result).value();
    }
}
