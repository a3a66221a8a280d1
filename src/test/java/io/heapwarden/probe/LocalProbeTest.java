package io.heapwarden.probe;

import static io.heapwarden.probe.LiveJvmTest.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe without a shell against real JVMs of every JDK on this machine. */
class LocalProbeTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    static Path classes;

    private final LocalProbe probe = new LocalProbe(Clock.systemUTC(), ProbeLimits.DEFAULTS);

    /** The script in the container is the measure: what the two read of one JVM is the same but for what moves. */
    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void readsWhatTheScriptReads(Path home) throws Exception {
        ContainerProbe scripts = new ContainerProbe(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);
        try (LiveProcess jvm = LiveProcess.jvm(
                home, classes, "-XX:+UseG1GC", "-XX:MaxMetaspaceSize=64m", "-XX:MaxDirectMemorySize=32m")) {
            JvmReading scripted = success(scripts.counters(jvm.target()));
            JvmReading reading = success(probe.counters(jvm.target()));

            assertThat(reading.jvm()).isEqualTo(scripted.jvm());
            assertThat(reading.jvm().pid()).isEqualTo(jvm.pid());
            assertThat(reading.jvm().collector()).isEqualTo(Collector.G1);
            assertThat(reading.source()).isEqualTo(scripted.source());
            assertThat(reading.maxHeap()).isEqualTo(64 << 20);
            assertThat(reading.maxMetaspace()).isEqualTo(64 << 20);
            assertThat(reading.maxDirect()).isEqualTo(scripted.maxDirect()).isEqualTo(32 << 20);
            assertThat(reading.histogramRefusal()).isNull();
            Sample sample = reading.sample();
            Sample other = scripted.sample();
            assertThat(sample.heapAfterGc()).isEqualTo(other.heapAfterGc()).isPositive();
            assertThat(sample.heapCommitted()).isEqualTo(other.heapCommitted());
            assertThat(sample.metaspace()).isEqualTo(other.metaspace());
            assertThat(sample.classesLoaded()).isEqualTo(other.classesLoaded());
            assertThat(sample.gc()).isEqualTo(other.gc());
            assertThat(sample.rss()).isBetween(20L << 20, 500L << 20);
            assertThat(sample.anon()).isBetween(5L << 20, sample.rss());
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void takesHistograms(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            JvmReading reading = success(probe.counters(jvm.target()));

            ClassHistogram all = success(probe.histogram(jvm.target(), reading, false, LONG));
            ClassHistogram live = success(probe.histogram(jvm.target(), reading, true, LONG));

            assertThat(LiveJvmTest.orders(all)).containsExactly(1000L);
            assertThat(LiveJvmTest.orders(live)).containsExactly(1000L);
            assertThat(live.totalBytes()).isLessThan(all.totalBytes());
            assertThat(jvm.lines()).as("no thread dump in its log").containsExactly("ready");
        }
    }

    @Test
    void asksForTheHeapWhereThereAreNoCounters() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes, "-XX:-UsePerfData", "-XX:+UseSerialGC")) {
            JvmReading reading = success(probe.counters(jvm.target()));

            assertThat(reading.source()).isEqualTo("GC.heap_info over local process");
            assertThat(reading.jvm().collector()).isEqualTo(Collector.Serial);
            assertThat(success(probe.counters(jvm.target())).jvm().startedAt())
                    .isEqualTo(reading.jvm().startedAt());
            assertThat(LiveJvmTest.orders(success(probe.histogram(jvm.target(), reading, false, LONG))))
                    .containsExactly(1000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+DisableAttachMechanism, -XX:+UsePerfData",
        "-XX:+DisableAttachMechanism, -XX:-UsePerfData",
        "-Xrs, -XX:+UsePerfData",
        "-Xrs, -XX:-UsePerfData"
    })
    void neverSignalsAJvmThatDoesNotWantIt(String attach, String perfData) throws Exception {
        for (Path home : JavaHomes.all().toList()) {
            try (LiveProcess jvm = LiveProcess.jvm(home, classes, attach, perfData)) {
                JvmReading reading = success(probe.counters(jvm.target()));

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
    void leavesAJvmThatDoesNotAnswerAlone() throws Exception {
        ProbeLimits impatient = new ProbeLimits(
                LONG, 256 << 10, LONG, Duration.ofSeconds(1), 4 << 20, 1, Duration.ofMinutes(1), Duration.ofHours(1));
        LocalProbe hasty = new LocalProbe(Clock.systemUTC(), impatient);
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            JvmReading reading = success(hasty.counters(jvm.target()));
            success(hasty.histogram(jvm.target(), reading, false, LONG));
            jvm.signal("STOP");

            assertThat(hasty.histogram(jvm.target(), reading, false, LONG))
                    .isEqualTo(new Failure<>(FailureReason.TimedOut, "the JVM did not answer within 1 s"));
            assertThat(hasty.histogram(jvm.target(), reading, false, LONG))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.BackingOff));
            assertThat(success(hasty.counters(jvm.target())).sample().heapUsed())
                    .isPositive();
            jvm.signal("CONT");
        }
    }

    @Test
    void saysWhatIsNotAJvm() throws Exception {
        try (LiveProcess sleep = LiveProcess.start(List.of("sleep", "60"), Map.of())) {
            assertThat(probe.counters(sleep.target()))
                    .isEqualTo(new Refusal<>(RefusalReason.NoJvm, "process " + sleep.pid() + " is not a JVM"));
        }
    }

    @Test
    void saysThatAJvmHasEnded() throws Exception {
        LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes);
        try (jvm) {
            success(probe.counters(jvm.target()));
        }

        assertThat(probe.counters(jvm.target()))
                .isEqualTo(new Refusal<>(RefusalReason.NotRunning, "there is no process " + jvm.pid()));
    }
}
