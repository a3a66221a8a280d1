package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.LocalProcessRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** What could harm an application, done to real processes. Each lives on, nothing is left in its /tmp, and the answer says what happened. */
@Timeout(180)
class NoHarmTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path classes;

    /** Where test programs are for JVMs that have another /tmp. */
    private static Path elsewhere() throws Exception {
        return LiveProcess.compiled(
                Files.createDirectories(Path.of("target", "probe", "classes").toAbsolutePath()));
    }

    private final ProgramAccess access = ProbeProgram.access(ProbeProgram.limits(LONG));

    @Test
    void aProgramThatDoesNotCatchTheSignalIsNotSignalled() throws Exception {
        try (LiveProcess sleep = LiveProcess.start(List.of("sleep", "60"), Map.of())) {
            assertThat(access.inspect(sleep.target()))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.NoJvm));
            assertThat(trailer(ask(sleep.pid(), startOf(sleep.pid()), "1", "histogram")))
                    .startsWith("{\"refused\":\"gone\"");
            assertThat(trailer(ask(sleep.pid(), startOf(sleep.pid()) + 1, "1", "histogram")))
                    .startsWith("{\"refused\":\"gone\"");
            assertThat(sleep.alive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+DisableAttachMechanism, -XX:+UsePerfData, disabled",
        "-XX:+DisableAttachMechanism, -XX:-UsePerfData, disabled",
        "-Xrs, -XX:+UsePerfData, signal",
        "-Xrs, -XX:-UsePerfData, signal"
    })
    void aJvmThatDoesNotWantItIsNotSignalled(String option, String perfData, String refused) throws Exception {
        for (Path home : JavaHomes.all().toList()) {
            try (LiveProcess jvm = LiveProcess.jvm(home, classes, option, perfData)) {
                success(access.inspect(jvm.target()));
                assertThat(trailer(ask(jvm.pid(), startOf(jvm.pid()), "1", "threads")))
                        .startsWith("{\"refused\":\"" + refused + "\"");
                assertUnharmed(jvm);
            }
        }
    }

    @Test
    void noMemoryIsTakenThatIsNotThere() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            String trailer = trailer(ask(jvm.pid(), startOf(jvm.pid()), String.valueOf(Long.MAX_VALUE), "histogram"));
            // Where nothing limits the group of this machine there is room for everything.
            Inspection inspection = success(access.inspect(jvm.target()));
            if (inspection.memory().ceiling() == null) {
                assertThat(trailer).startsWith("{\"code\":0");
            } else {
                assertThat(trailer).startsWith("{\"refused\":\"headroom\",\"free\":");
            }
            assertThat(trailer(ask(jvm.pid(), startOf(jvm.pid()), "1", "GC.heap_dump")))
                    .startsWith("{\"refused\":\"command\"");
            assertUnharmed(jvm);
        }
    }

    /** It handles the signal when it goes on; without the file it would take it for a request for a thread dump. */
    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aStoppedJvmGoesOnWithoutAThreadDump(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes)) {
            Inspection inspection = success(access.inspect(jvm.target()));
            jvm.signal("STOP");
            ProbeResult<byte[]> result = ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, SHORT);
            assertThat(reason(result)).isEqualTo(FailureReason.TimedOut);
            assertThat(((Failure<byte[]>) result).detail()).contains("listen");
            assertThat(ProgramAccessTest.leftOf(jvm))
                    .as("the JVM will look for it")
                    .isNotEmpty();
            // Asked again meanwhile, it gets no second signal, which would be one too many.
            assertThat(reason(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, SHORT)))
                    .isEqualTo(FailureReason.TimedOut);
            jvm.signal("CONT");

            await().atMost(LONG).untilAsserted(() -> assertThat(ProgramAccessTest.leftOf(jvm))
                    .isEmpty());
            success(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG));
            jvm.signal("STOP");
            result = ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.HeapInfo, SHORT);
            assertThat(reason(result)).isEqualTo(FailureReason.TimedOut);
            jvm.signal("CONT");
            success(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.HeapInfo, LONG));
            assertUnharmed(jvm);
        }
    }

    /** Where `wait` runs, as in an ephemeral container, it does that, and no process is left behind for a JVM to adopt. */
    @Test
    void theMainProcessOfTheContainerTakesTheFileAway() throws Exception {
        Process waiting = new ProcessBuilder(ProbeProgram.path().toString(), "wait").start();
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            await().atMost(LONG).untilAsserted(() -> assertThat(programs()).contains(waiting.pid()));
            Inspection inspection = success(access.inspect(jvm.target()));
            jvm.signal("STOP");
            assertThat(reason(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, SHORT)))
                    .isEqualTo(FailureReason.TimedOut);
            assertThat(programs()).containsExactly(waiting.pid());
            assertThat(ProgramAccessTest.leftOf(jvm)).isNotEmpty();
            jvm.signal("CONT");

            await().atMost(LONG).untilAsserted(() -> assertThat(ProgramAccessTest.leftOf(jvm))
                    .isEmpty());
            assertUnharmed(jvm);
        } finally {
            waiting.destroy();
            assertThat(waiting.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Processes that run the program under test. */
    private static List<Long> programs() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(ProbeProgram.path().toString()::equals)
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

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
            await().atMost(LONG).untilAsserted(() -> assertThat(ProgramAccessTest.leftOf(jvm))
                    .isNotEmpty());
            jvm.signal("KILL");

            assertThat(asked.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.NotRunning));
            assertThat(ProgramAccessTest.leftOf(jvm)).isEmpty();
        }
    }

    @Test
    void aFullTmpIsToldAndNothingIsSent() throws Exception {
        assumeRoot();
        Path home = JavaHomes.any();
        Path directory = elsewhere();
        // A /tmp of its own with room for no file more, where the JVM also stands.
        String script =
                "mount -t tmpfs -o size=64k,nr_inodes=3 none /tmp && cd /tmp && touch a && mkdir b && ! touch c 2>/dev/null && exec \"$0\" \"$@\"";
        List<String> command = List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                script,
                home.resolve("bin/java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-cp",
                directory.toString(),
                "Idle");
        assumeTrue(runs("unshare", "-m", "true"), "mounts cannot be made here");
        try (LiveProcess jvm = LiveProcess.awaited(command, Map.of())) {
            Inspection inspection = success(access.inspect(jvm.target()));
            assertThat(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.TmpNotWritable));
            assertThat(trailer(ask(jvm.pid(), startOf(jvm.pid()), "1", "histogram")))
                    .startsWith("{\"refused\":\"tmp\",\"error\":\"No space left on device\"");
            assertUnharmed(jvm);
        }
    }

    /** Its mount namespace is another, as an ephemeral container's is. */
    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aJvmWithAnotherTmpIsReachedThroughItsRoot(Path home) throws Exception {
        assumeRoot();
        assumeTrue(runs("unshare", "-m", "true"), "mounts cannot be made here");
        Path directory = elsewhere();
        List<String> command = List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs none /tmp && cd / && exec \"$0\" \"$@\"",
                home.resolve("bin/java").toString(),
                "-Xmx64m",
                "-cp",
                directory.toString(),
                "Idle");
        try (LiveProcess jvm = LiveProcess.awaited(command, Map.of())) {
            Inspection inspection = success(access.inspect(jvm.target()));
            assertThat(inspection.counters()).isNotNull();
            success(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG));
            assertThat(Path.of("/tmp/.java_pid" + jvm.pid())).doesNotExist();
            assertUnharmed(jvm);
        }
    }

    @Test
    void rootBecomesTheUserOfTheJvmAndOthersAreRefused() throws Exception {
        assumeRoot();
        assumeTrue(runs("setpriv", "--reuid", "12345", "true"), "setpriv is not installed");
        Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path home : JavaHomes.all().toList()) {
            List<String> command =
                    new ArrayList<>(List.of("setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups"));
            command.addAll(List.of(
                    home.resolve("bin/java").toString(),
                    "-Xmx64m",
                    "-cp",
                    LiveProcess.compiled(classes).toString(),
                    "Idle"));
            try (LiveProcess jvm = LiveProcess.awaited(command, Map.of())) {
                Inspection inspection = success(access.inspect(jvm.target()));
                assertThat(inspection.otherUser()).isFalse();
                success(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG));

                List<String> other =
                        new ArrayList<>(List.of("setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"));
                Path copy = classes.resolve("heapwarden-probe");
                Files.copy(ProbeProgram.path(), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                other.addAll(words(jvm.pid(), startOf(jvm.pid()), "1", "histogram"));
                other.set(other.indexOf(ProbeProgram.path().toString()), copy.toString());
                assertThat(trailer(run(other))).startsWith("{\"refused\":\"user\"");
                assertUnharmed(jvm);
            }
        }
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make mounts and become another user");
    }

    private static boolean runs(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void assertUnharmed(LiveProcess jvm) throws Exception {
        assertThat(jvm.alive()).isTrue();
        assertThat(ProgramAccessTest.leftOf(jvm)).isEmpty();
        assertThat(jvm.lines()).as("no thread dump in its log").containsExactly("ready");
    }

    private static FailureReason reason(ProbeResult<?> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<?>) result).reason();
    }

    private static long startOf(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }

    private static List<String> words(long pid, long start, String headroom, String command) {
        return List.of(
                ProbeProgram.path().toString(),
                "ask",
                "--pid",
                String.valueOf(pid),
                "--start",
                String.valueOf(start),
                "--headroom",
                headroom,
                "--timeout",
                "20000",
                command);
    }

    private static String ask(long pid, long start, String headroom, String command) {
        return run(words(pid, start, headroom, command));
    }

    private static String run(List<String> words) {
        Target anywhere = new Target("shop", "checkout-1", "uid", "app", "containerd://1");
        return new String(
                success(new LocalProcessRunner().run(anywhere, words, LONG, 8 << 20))
                        .standardOutput(),
                StandardCharsets.UTF_8);
    }

    private static String trailer(String answer) {
        assertThat(answer).startsWith("{\"heapwarden\":\"answer/v1\"").endsWith("}\n");
        List<String> lines = answer.lines().toList();
        assertThat(lines.get(lines.size() - 2)).isEqualTo("0");
        return lines.get(lines.size() - 1);
    }
}
