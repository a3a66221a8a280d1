package io.heapwarden.evidence.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.heapdump.AgeRecipients;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.LivenessProbe;
import io.heapwarden.evidence.heapdump.HeapDumpRefusal;
import io.heapwarden.evidence.heapdump.TransferEnding;
import io.heapwarden.evidence.heapdump.TransferRules;
import io.heapwarden.probe.ContainerFile;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.LocalStreams;
import io.heapwarden.probe.PauseLimits;
import io.heapwarden.probe.ProbeResult.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heap dumps of real JVMs of every JDK of the machine, by the scripts that are sent into a container; and what is left of them. */
@Timeout(180)
class HeapDumpCollectorLiveTest {

    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final TransferRules RULES =
            new TransferRules(true, AgeRecipients.NONE, 1L << 30, Duration.ofMinutes(1));

    @TempDir
    static Path classes;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    private HeapDumpOrder order(Duration maxPause, PodBounds bounds) {
        return new HeapDumpOrder(directory.toString(), false, maxPause, bounds);
    }

    private static Collecting collecting() {
        return new Collecting(LocalStreams.whole(), PauseLimits.DEFAULTS);
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void isTakenSentAndRemoved(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            // Of a dump that was cut, and was never removed.
            String name =
                    ContainerFile.heapDump(directory.toString(), jvm.target()).path();
            Files.writeString(Path.of(name), "half");
            Files.writeString(Path.of(name + ".p1"), "a part");

            HeapDumpOutcome outcome =
                    collecting().dumps().collect(jvm.target(), order(MAX_PAUSE, PodBounds.NONE), RULES, sink);

            assertThat(outcome).isInstanceOfSatisfying(HeapDumpOutcome.Taken.class, taken -> {
                HeapDumpReport report = taken.report();
                assertThat(report.transfer().ending()).isEqualTo(new TransferEnding.Complete());
                assertThat(report.transfer().bytesRead()).isEqualTo(report.size());
                assertThat(report.transfer().bytesWritten()).isEqualTo(sink.size());
                assertThat(report.size()).isLessThan(report.predicted().file());
                assertThat(report.leftBehind()).isNull();
            });
            try (GZIPInputStream dump = new GZIPInputStream(new ByteArrayInputStream(sink.toByteArray()))) {
                assertThat(dump.readNBytes(12))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo("JAVA PROFILE");
            }
            assertThat(directory).isEmptyDirectory();
            assertThat(jvm.lines()).containsExactly("ready");
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aConnectionThatIsCutIsSaidAndTheFileRemoved(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            HeapDumpOutcome outcome = new Collecting(LocalStreams.cutAfter(200_000), PauseLimits.DEFAULTS)
                    .dumps()
                    .collect(jvm.target(), order(MAX_PAUSE, PodBounds.NONE), RULES, sink);

            assertThat(outcome).isInstanceOfSatisfying(HeapDumpOutcome.Taken.class, taken -> assertThat(
                            taken.report().transfer().ending())
                    .isInstanceOfSatisfying(
                            TransferEnding.Incomplete.class, incomplete -> assertThat(incomplete.reason())
                                    .isEqualTo(TransferEnding.Reason.SourceFailed)));
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void whatTheForecastForbidsIsNotDone() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            PodBounds impatient = new PodBounds(
                    List.of(new LivenessProbe(Duration.ofSeconds(1), Duration.ofMillis(100), 1)),
                    null,
                    false,
                    null,
                    null,
                    0);
            Collecting collecting = collecting();
            assertRefused(collecting, jvm, order(Duration.ofMillis(1), PodBounds.NONE), HeapDumpRefusal.PauseTooLong);
            assertRefused(collecting, jvm, order(MAX_PAUSE, impatient), HeapDumpRefusal.LivenessProbe);
            PodBounds small = new PodBounds(List.of(), null, false, 1L << 20, null, 0);
            assertRefused(collecting, jvm, order(MAX_PAUSE, small), HeapDumpRefusal.VolumeSizeLimit);
            assertThat(collecting.sent()).isEmpty();
            assertThat(directory).isEmptyDirectory();
        }
    }

    private void assertRefused(Collecting collecting, LiveProcess jvm, HeapDumpOrder order, HeapDumpRefusal reason) {
        assertThat(collecting.dumps().collect(jvm.target(), order, RULES, sink))
                .isInstanceOfSatisfying(HeapDumpOutcome.Refused.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(reason));
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            HeapDumpOrder nowhere = new HeapDumpOrder(directory + "/missing", false, MAX_PAUSE, PodBounds.NONE);
            assertThat(collecting().dumps().collect(jvm.target(), nowhere, RULES, sink))
                    .isInstanceOfSatisfying(HeapDumpOutcome.Failed.class, failed -> {
                        assertThat(failed.failure()).isEqualTo(FailureReason.ProbeFailed);
                        assertThat(failed.sentence()).contains("no directory");
                    });
        }
    }
}
