package io.heapwarden.probe;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What file.sh does with real files of a real JVM's user, and what it does not. */
@Timeout(60)
class ContainerFilesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path classes;

    private static LiveProcess jvm;
    private static Inspection inspection;

    @TempDir
    Path directory;

    private ContainerFile file;
    private final ContainerFiles files = files(LocalStreams.whole());

    @BeforeAll
    static void start() throws Exception {
        jvm = LiveProcess.jvm(JavaHomes.any(), classes);
        inspection = Shells.inspection(jvm.target());
    }

    @AfterAll
    static void end() {
        jvm.close();
    }

    @BeforeEach
    void name() {
        file = ContainerFile.heapDump(directory.toString(), jvm.target());
    }

    private static ContainerFiles files(StreamRunner streams) {
        return new ContainerFiles(
                new LocalProcessRunner(),
                streams,
                new SafetyBudget(Clock.systemUTC(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS));
    }

    private byte[] written(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        Files.write(Path.of(file.path()), content);
        return content;
    }

    private ProbeResult<InputStream> read(ContainerFiles by, long most) {
        return by.read(jvm.target(), inspection, file, most, LIMIT);
    }

    @Test
    void readsAFileAndRemovesItWithTheParts() throws Exception {
        byte[] content = written(3_000_001);
        Files.writeString(Path.of(file.path() + ".p0"), "of a dump that was cut");
        assertThat(success(files.size(jvm.target(), inspection, file))).isEqualTo(OptionalLong.of(content.length));
        try (InputStream in = success(read(files, content.length))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(success(files.remove(jvm.target(), inspection, file))).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
        assertThat(success(files.size(jvm.target(), inspection, file))).isEmpty();
        assertThat(success(files.remove(jvm.target(), inspection, file))).isZero();
        assertFailed(read(files, 1), FailureReason.ProbeFailed, "no such file");
    }

    @Test
    void anEmptyFileHasNoContent() throws Exception {
        written(0);
        try (InputStream in = success(read(files, 0))) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aLargerFileIsNotRead() throws Exception {
        written(11);
        assertFailed(read(files, 10), FailureReason.TooLong, "11 bytes");
    }

    @Test
    void aConnectionThatIsCutIsNoEnd() throws Exception {
        written(3_000_000);
        try (InputStream in = success(read(files(LocalStreams.cutAfter(1_000_000)), 3_000_000))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsNotTakenForWhole() throws Exception {
        written(1_000_000);
        try (InputStream in = success(read(files, 1_000_000))) {
            in.readNBytes(1000);
            Files.write(Path.of(file.path()), new byte[10], StandardOpenOption.APPEND);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("changed");
        }
    }

    @Test
    void noLinkIsFollowed() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Path link = Path.of(file.path());
        Files.createSymbolicLink(link, secret);
        assertLeftAlone("link");
        Files.delete(link);
        Files.createLink(link, secret);
        assertLeftAlone("link");
        Files.delete(link);
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("heapwarden-1.hprof"), "secret");
        Files.createSymbolicLink(directory.resolve("way"), elsewhere);
        file = new ContainerFile(directory + "/way/heapwarden-1.hprof");
        assertLeftAlone("link");
        assertThat(secret).hasContent("secret");
        assertThat(elsewhere.resolve("heapwarden-1.hprof")).hasContent("secret");
    }

    @Test
    void whatIsNoPlainFileIsLeftAlone() throws Exception {
        Files.createDirectory(Path.of(file.path()));
        assertLeftAlone("plain file");
        Files.delete(Path.of(file.path()));
        assertThat(new ProcessBuilder("mkfifo", file.path()).start().waitFor()).isZero();
        assertLeftAlone("plain file");
    }

    @Test
    void aFileOfAnotherUserIsLeftAlone() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        written(10);
        Files.setAttribute(Path.of(file.path()), "unix:uid", 43217);
        assertLeftAlone("another user");
    }

    private void assertLeftAlone(String why) {
        assertFailed(files.size(jvm.target(), inspection, file), FailureReason.ProbeFailed, why);
        assertFailed(read(files, 1 << 20), FailureReason.ProbeFailed, why);
        assertFailed(files.remove(jvm.target(), inspection, file), FailureReason.ProbeFailed, why);
        assertThat(Path.of(file.path())).exists();
    }

    @Test
    void anotherJvmOfThatProcessIdIsNotServed() throws Exception {
        written(10);
        Target target;
        Inspection ended;
        try (LiveProcess other = LiveProcess.jvm(JavaHomes.any(), classes)) {
            target = other.target();
            ended = Shells.inspection(target);
        }
        assertThat(files.size(target, ended, file))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.NotRunning));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "heapwarden-1.hprof",
                "/tmp/../etc/heapwarden-1",
                "/tmp/./heapwarden-1",
                "/tmp//heapwarden-1",
                "/tmp/heapwarden-1/../passwd",
                "/tmp/heapwarden-1;id",
                "/tmp/heapwarden-$(id)",
                "/tmp/heapwarden-1\n",
                "/tmp/heapwarden-ä",
                "/tmp/heapwarden-"
            })
    void otherPathsAreRefusedByBothSides(String path) {
        assertThatThrownBy(() -> new ContainerFile(path)).isInstanceOf(IllegalArgumentException.class);
        for (String command : new String[] {"size", "read", "remove"}) {
            Frame frame = script(command, path);
            assertThat(frame.text("refused").strip()).as(path).isIn("path", "absent", "kind");
            assertThat(frame.has("size")).isFalse();
        }
    }

    /** A shell of another image, on the same file. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void anyShellWillDo(String shell) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, shell.split(" ")[0]))),
                shell + " is not installed");
        CommandRunner local = new LocalProcessRunner();
        CommandRunner runner = new CommandRunner() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                return local.run(target, in(shell, command), timeout, cap);
            }

            @Override
            public String name() {
                return shell;
            }
        };
        StreamRunner streams = (target, command, limit) -> LocalStreams.whole().open(target, in(shell, command), limit);
        ContainerFiles others = new ContainerFiles(
                runner, streams, new SafetyBudget(Clock.systemUTC(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS));
        byte[] content = written(100_000);
        try (InputStream in = success(read(others, content.length))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        DirectorySpace space = success(others.space(jvm.target(), inspection, directory.toString()));
        assertThat(space.capacity()).isEqualTo(Files.getFileStore(directory).getTotalSpace());
        assertThat(space.writable()).isTrue();
        assertThat(success(others.remove(jvm.target(), inspection, file))).isEqualTo(1);
        Files.createSymbolicLink(Path.of(file.path()), directory);
        assertFailed(others.size(jvm.target(), inspection, file), FailureReason.ProbeFailed, "link");
    }

    private static List<String> in(String shell, List<String> command) {
        return Stream.concat(Stream.of(shell.split(" ")), command.stream().skip(1))
                .toList();
    }

    @Test
    void saysWhatADirectoryIsOn() throws Exception {
        DirectorySpace space = success(files.space(jvm.target(), inspection, directory.toString()));
        assertThat(space.free()).isPositive().isLessThanOrEqualTo(space.capacity());
        assertThat(space.capacity()).isEqualTo(Files.getFileStore(directory).getTotalSpace());
        assertThat(space.writable()).isTrue();
        DirectorySpace inMemory = success(files.space(jvm.target(), inspection, "/dev/shm"));
        assertThat(inMemory.kind()).isEqualTo(DirectorySpace.Kind.Memory);
        assertFailed(
                files.space(jvm.target(), inspection, directory + "/missing"),
                FailureReason.ProbeFailed,
                "no directory");
    }

    private static Frame script(String command, String path) {
        String boundary = ProbeScript.newBoundary();
        return success(ProbeScript.File.run(
                        new LocalProcessRunner(),
                        jvm.target(),
                        boundary,
                        List.of(
                                String.valueOf(inspection.pid()),
                                String.valueOf(inspection.process().startTicks()),
                                command,
                                path),
                        LIMIT,
                        1 << 20))
                .frame();
    }

    private static void assertFailed(ProbeResult<?> result, FailureReason reason, String words) {
        assertThat(result).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.detail()).contains(words);
        });
    }
}
