package io.heapwarden.probe;

import static io.heapwarden.probe.LiveJvmTest.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no HotSpot JVM, or not ours to look into, and the shells that images have. */
class OtherProcessesTest {

    /** Nobody has this number, so there is no name for it. */
    private static final String STRANGER = "43217";

    @TempDir
    Path directory;

    private final ContainerProbe probe =
            new ContainerProbe(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);

    @Test
    void aProcessThatIsNoJvmStaysAlive() throws Exception {
        try (LiveProcess sleep = LiveProcess.start(List.of("sleep", "1000"), Map.of())) {
            assertRefused(sleep, RefusalReason.NoJvm);
        }
    }

    @Test
    void anOpenJ9JvmIsToldByItsLibrary() throws Exception {
        Path library = selfContainedLibrary();
        String preloaded = Files.copy(library, directory.resolve("libjvm.so")) + " "
                + Files.copy(library, directory.resolve("libj9vm29.so"));
        try (LiveProcess j9 = LiveProcess.start(List.of("sleep", "1000"), Map.of("LD_PRELOAD", preloaded))) {
            await().until(() -> Files.readString(Path.of("/proc/" + j9.pid() + "/maps")).contains("libj9vm29.so"));
            assertRefused(j9, RefusalReason.OpenJ9);
        }
    }

    @Test
    void aNativeImageIsToldByItsHeapSection() throws Exception {
        Path image = Files.copy(sleep(), directory.resolve("image"));
        Files.write(image, "\0.svm_heap\0".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
        try (LiveProcess nativeImage = LiveProcess.start(List.of(image.toString(), "1000"), Map.of())) {
            assertRefused(nativeImage, RefusalReason.NativeImage);
        }
    }

    @Test
    void aUserWithoutANameHasNoCountersButCanBeAsked() throws Exception {
        assumeStrangersCanBeMade();
        try (LiveProcess jvm = LiveProcess.awaited(asStranger(idle()), Map.of())) {
            ContainerProbe strangers = new ContainerProbe(
                    (Changed) OtherProcessesTest::asStranger, Clock.systemUTC(), ProbeLimits.DEFAULTS);

            JvmReading reading = success(strangers.counters(jvm.target()));

            assertThat(reading.source()).startsWith("GC.heap_info");
            assertThat(reading.sample().heapUsed()).isPositive();
            assertThat(success(strangers.histogram(jvm.target(), reading, false, Duration.ofSeconds(10)))
                            .totalInstances())
                    .isPositive();
        }
    }

    @Test
    void aJvmOfAnotherUserIsLeftAlone() throws Exception {
        assumeStrangersCanBeMade();
        try (LiveProcess jvm = LiveProcess.awaited(idle(), Map.of())) {
            ContainerProbe strangers = new ContainerProbe(
                    (Changed) OtherProcessesTest::asStranger, Clock.systemUTC(), ProbeLimits.DEFAULTS);

            assertThat(strangers.counters(jvm.target()))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.OtherUser));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void anyShellWillDo(String shell) throws Exception {
        List<String> words = List.of(shell.split(" "));
        assumeTrue(onPath(words.get(0)) != null, shell + " is not installed");
        Changed runner = command -> {
            List<String> changed = new ArrayList<>(words);
            changed.addAll(command.subList(1, command.size()));
            return changed;
        };
        ContainerProbe shellProbe = new ContainerProbe(runner, Clock.systemUTC(), ProbeLimits.DEFAULTS);
        try (LiveProcess jvm = LiveProcess.awaited(idle(), Map.of())) {
            JvmReading reading = success(shellProbe.counters(jvm.target()));

            assertThat(reading.source()).startsWith("hsperfdata");
            assertThat(reading.histogramRefusal()).isNull();
            assertThat(success(shellProbe.histogram(jvm.target(), reading, false, Duration.ofSeconds(10)))
                            .totalInstances())
                    .isPositive();
        }
    }

    /** Images of little more than a shell and cat have no grep. */
    @Test
    void doesWithoutGrep() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String tool : List.of("sh", "cat", "tail")) {
            Files.createSymbolicLink(bin.resolve(tool), onPath(tool));
        }
        Path env = onPath("env");
        Changed runner = command -> {
            List<String> changed = new ArrayList<>(List.of(env.toString(), "PATH=" + bin));
            changed.addAll(command);
            return changed;
        };
        ContainerProbe bare = new ContainerProbe(runner, Clock.systemUTC(), ProbeLimits.DEFAULTS);
        try (LiveProcess jvm = LiveProcess.awaited(idle(), Map.of())) {
            assertThat(success(bare.counters(jvm.target())).source()).startsWith("hsperfdata");
        }
    }

    private List<String> idle() throws Exception {
        Path open = directory.resolve("classes");
        if (!Files.exists(open)) {
            Files.createDirectory(open);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return List.of(
                JavaHomes.any().resolve("bin/java").toString(),
                "-Xmx64m",
                "-cp",
                LiveProcess.compiled(open).toString(),
                "Idle");
    }

    private void assertRefused(LiveProcess process, RefusalReason reason) {
        assertThat(probe.counters(process.target()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
        assertThat(process.alive()).isTrue();
    }

    private static void assumeStrangersCanBeMade() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        assumeTrue(onPath("setpriv") != null, "setpriv is not installed");
    }

    private static List<String> asStranger(List<String> command) {
        List<String> changed = new ArrayList<>(
                List.of("setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups", "--no-new-privs"));
        changed.addAll(command);
        return changed;
    }

    private static Path sleep() {
        Path sleep = onPath("sleep");
        assertThat(sleep).isNotNull();
        return sleep;
    }

    private static Path selfContainedLibrary() throws Exception {
        try (Stream<Path> files = Files.walk(JavaHomes.any().toRealPath().resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().equals("libjsig.so"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(part -> Path.of(part, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Runs commands on this machine after changing them. */
    private interface Changed extends CommandRunner {

        List<String> change(List<String> command);

        @Override
        default ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
            return new LocalProcessRunner().run(target, change(command), timeout, cap);
        }

        @Override
        default String name() {
            return "changed";
        }
    }
}
