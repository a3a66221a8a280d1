package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static io.heapwarden.probe.program.Asking.assertUnharmed;
import static io.heapwarden.probe.program.Asking.leftOf;
import static io.heapwarden.probe.program.Asking.reason;
import static io.heapwarden.probe.program.Asking.startOf;
import static io.heapwarden.probe.program.Asking.trailer;
import static io.heapwarden.probe.program.Asking.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers that do not read, and JVMs that answer what no JVM would: it ends in time, and the application does not notice. */
@Timeout(180)
class OddAnswerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path classes;

    private final ProgramAccess access = ProbeProgram.access(ProbeProgram.limits(LONG));

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aSlowReaderDoesNotStopTheApplication(Path home) throws Exception {
        Path log = classes.resolve("safepoints-" + home.getFileName() + ".log");
        List<String> command = List.of(
                home.resolve("bin/java").toString(),
                "-Xmx256m",
                "-Xlog:safepoint:file=" + log,
                "-cp",
                TestProgram.Wide.compiledIn(classes).toString(),
                "Wide");
        try (LiveProcess jvm = LiveProcess.awaited(command, Map.of())) {
            Process asking = new ProcessBuilder(words(jvm.pid(), startOf(jvm.pid()), "1", "histogram")).start();
            TimeUnit.SECONDS.sleep(4);
            byte[] answer = asking.getInputStream().readAllBytes();
            assertThat(asking.waitFor(10, TimeUnit.SECONDS)).isTrue();

            assertThat(answer.length).as("more than a pipe and a socket hold").isGreaterThan(600_000);
            assertThat(trailer(new String(answer, StandardCharsets.UTF_8)))
                    .startsWith("{\"code\":0")
                    .contains("\"truncated\":false");
            assertThat(longestPause(log)).as("the reader slept four seconds").isLessThan(Duration.ofSeconds(2));
            assertUnharmed(jvm);
        }
    }

    private static Duration longestPause(Path log) throws Exception {
        return Pattern.compile("Total: +(\\d+) ns")
                .matcher(Files.readString(log))
                .results()
                .map(pause -> Duration.ofNanos(Long.parseLong(pause.group(1))))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void aReaderThatNeverReadsEndsInTime() throws Exception {
        Path home = JavaHomes.any();
        List<String> command = List.of(
                home.resolve("bin/java").toString(),
                "-Xmx256m",
                "-cp",
                TestProgram.Wide.compiledIn(classes).toString(),
                "Wide");
        try (LiveProcess jvm = LiveProcess.awaited(command, Map.of())) {
            List<String> words = new ArrayList<>(words(jvm.pid(), startOf(jvm.pid()), "1", "histogram"));
            words.set(words.indexOf("--timeout") + 1, "1000");
            Process asking = new ProcessBuilder(words).start();
            assertThat(asking.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(asking.exitValue()).as("its answer could not be written").isEqualTo(3);

            success(ProbeProgram.ask(
                    jvm.target(), success(access.inspect(jvm.target())), ProgramCommand.HeapInfo, LONG));
            assertUnharmed(jvm);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "closed, Truncated",
        "silent, TimedOut",
        "half-a-code, Truncated",
        "garbled, Garbled",
        "long-code, Garbled",
        "endless, TimedOut",
        "dripping, TimedOut"
    })
    void anAnswerThatNoJvmWouldGiveIsNoAnswer(String kind, FailureReason expected) throws Exception {
        for (Path home : JavaHomes.all().toList()) {
            try (LiveProcess jvm = fakeAttach(home, kind)) {
                Inspection inspection = success(access.inspect(jvm.target()));
                assertThat(reason(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, SHORT)))
                        .isEqualTo(expected);
                assertUnharmed(jvm);
                removeSocket(jvm);
            }
        }
    }

    private static LiveProcess fakeAttach(Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/java").toString(),
                "-Xmx64m",
                "-cp",
                TestProgram.FakeAttach.compiledIn(classes).toString(),
                "FakeAttach"));
        command.addAll(List.of(arguments));
        return LiveProcess.awaited(command, Map.of());
    }

    /** A fake leaves its socket behind. */
    private static void removeSocket(LiveProcess jvm) throws Exception {
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + jvm.pid()));
    }

    @Test
    void anotherProcessAtTheSocketIsNotTakenForTheJvm() throws Exception {
        Path home = JavaHomes.any();
        try (LiveProcess jvm = LiveProcess.jvm(home, classes);
                LiveProcess stranger = fakeAttach(home, "endless", String.valueOf(jvm.pid()))) {
            Inspection inspection = success(access.inspect(jvm.target()));
            assertThat(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG))
                    .isEqualTo(new Failure<>(
                            FailureReason.ProbeFailed, "another process than the JVM listens at its attach socket"));
            assertUnharmed(jvm);
            assertThat(stranger.alive()).isTrue();
            removeSocket(jvm);
        }
    }

    @Test
    void aJvmThatEndsWhileItIsAskedIsTold() throws Exception {
        Path home = JavaHomes.any();
        try (LiveProcess jvm = fakeAttach(home, "kills-itself")) {
            Inspection inspection = success(access.inspect(jvm.target()));
            assertThat(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG))
                    .isEqualTo(new Failure<>(FailureReason.Truncated, "the JVM ended while it was asked"));
            removeSocket(jvm);
        }
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            Inspection inspection = success(access.inspect(jvm.target()));
            jvm.signal("STOP");
            CompletableFuture<ProbeResult<byte[]>> asked = CompletableFuture.supplyAsync(
                    () -> ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG));
            await().atMost(LONG).untilAsserted(() -> assertThat(leftOf(jvm)).isNotEmpty());
            jvm.signal("KILL");

            assertThat(asked.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.NotRunning));
            assertThat(leftOf(jvm)).isEmpty();
        }
    }
}
