package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static io.heapwarden.probe.program.Asking.ask;
import static io.heapwarden.probe.program.Asking.assertUnharmed;
import static io.heapwarden.probe.program.Asking.run;
import static io.heapwarden.probe.program.Asking.startOf;
import static io.heapwarden.probe.program.Asking.trailer;
import static io.heapwarden.probe.program.Asking.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JVMs with another /tmp or another user than the program has, as beside an ephemeral container. Most of it takes root. */
@Timeout(180)
class OtherPlacesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path classes;

    private final ProgramAccess access = ProbeProgram.access(ProbeProgram.limits(LONG));

    /** Where test programs are for JVMs that have another /tmp. */
    private static Path elsewhere() throws Exception {
        Path directory = Path.of("target", "probe", "classes").toAbsolutePath();
        assumeFalse(directory.startsWith("/tmp"), "the checkout is in /tmp, which is hidden from the JVM here");
        return LiveProcess.compiled(Files.createDirectories(directory));
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
}
