package io.heapwarden.probe.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ContainerProbe;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.LocalProcessRunner;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading counters, an hour's worth at one sample a minute, is in no JVM's own safepoint log; a histogram is. */
@Timeout(120)
class NoPauseTest {

    private static final int AN_HOUR_OF_SAMPLES = 60;

    @TempDir
    static Path classes;

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void countersStopNobody(Path home) throws Exception {
        Path log = Files.createTempFile(classes, "safepoints", ".log");
        try (LiveProcess jvm = LiveProcess.jvm(
                home,
                classes,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:GuaranteedSafepointInterval=0",
                "-Xlog:safepoint:file=" + log)) {
            for (Map.Entry<String, JvmProbe> probe : probes().entrySet()) {
                long before = safepoints(log);
                JvmReading last = null;
                for (int i = 0; i < AN_HOUR_OF_SAMPLES; i++) {
                    ProbeResult<JvmReading> sample = probe.getValue().counters(jvm.target());
                    assertThat(sample).isInstanceOf(Success.class);
                    last = ((Success<JvmReading>) sample).value();
                }
                assertThat(safepoints(log) - before)
                        .as("safepoints while counters were read by %s", probe.getKey())
                        .isZero();
                assertThat(probe.getValue().histogram(jvm.target(), last, false, Duration.ofSeconds(10)))
                        .isInstanceOf(Success.class);
                assertThat(safepoints(log) - before).as("the log tells").isPositive();
            }
        }
    }

    private static Map<String, JvmProbe> probes() {
        Clock clock = Clock.systemUTC();
        ProbeLimits limits = ProbeLimits.WITHOUT_CLIENT;
        return Map.of(
                "scripts", new ContainerProbe(new LocalProcessRunner(), clock, ProbeLimits.DEFAULTS),
                "files", new LocalProbe(clock, limits),
                "the probe program", Shells.probe(ProbeProgram.access(limits), limits));
    }

    private static long safepoints(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Safepoint \"")).count();
        }
    }
}
