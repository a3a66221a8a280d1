package io.heapwarden.probe;

import static io.heapwarden.probe.WatchedJvm.severity;
import static io.heapwarden.security.Severity.Critical;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.security.jvm.JvmCheck;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmLook;
import io.heapwarden.security.jvm.PodExpectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the security look sees of code, children and rights, on real processes. */
class SecurityOfProcessesTest {

    @TempDir
    Path directory;

    @Test
    void findsNativeCodeOfTemporaryDirectories() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "load", library(directory, "libx.so"))) {
            assertThat(jvm.severity(JvmCheck.CodeFromTemporaryFile)).isEqualTo(High);
            assertThat(jvm.severity(JvmCheck.CodeFromDeletedFile)).isNull();
        }
        try (WatchedJvm jvm =
                WatchedJvm.of(directory, List.of(), "load", library(directory, "libnetty_transport_x86_64123.so"))) {
            assertThat(jvm.severity(JvmCheck.CodeFromTemporaryFile)).isEqualTo(Low);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "load", library(outside(), "liby.so"))) {
            assertThat(jvm.severity(JvmCheck.CodeFromTemporaryFile)).isNull();
            assertThat(jvm.severity(JvmCheck.CodeFromDeletedFile)).isNull();
        }
    }

    @Test
    void findsCodeOfDeletedFiles() throws Exception {
        try (WatchedJvm jvm =
                WatchedJvm.of(directory, List.of(), "load-and-delete", library(outside(), "libgone.so"))) {
            assertThat(jvm.severity(JvmCheck.CodeFromDeletedFile)).isEqualTo(High);
        }
        Path jar = outside().resolve("gone.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("x"));
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "open-and-delete", jar.toString())) {
            assertThat(jvm.severity(JvmCheck.CodeFromDeletedFile)).isEqualTo(Medium);
        }
    }

    @Test
    void findsCodeThatIsInMemoryOnly() throws Exception {
        Path library = WatchedJvm.built(
                outside().resolve("libmemory.so"),
                """
                #define _GNU_SOURCE
                #include <sys/mman.h>
                #include <unistd.h>

                __attribute__((constructor)) static void map(void) {
                    int file = memfd_create("payload", 0);
                    if (ftruncate(file, 4096) == 0) mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
                    close(file);
                }
                """,
                "-shared",
                "-fPIC");
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "load", library.toString())) {
            assertThat(jvm.severity(JvmCheck.CodeFromMemory)).isEqualTo(Critical);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-XX:+UseZGC"))) {
            assertThat(jvm.severity(JvmCheck.CodeFromMemory)).isNull();
        }
    }

    /** A copy of sleep under the name of what it stands for, in a directory that was there before the JVM. */
    @ParameterizedTest
    @CsvSource({
        "sh, ShellStarted",
        "python3, ShellStarted",
        "apt-get, PackageManagerStarted",
        "curl, DownloadToolStarted"
    })
    void findsWhatTheJvmStarted(String name, JvmCheck check) throws Exception {
        Path program = program(outside(), name);
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "start", program.toString(), "1000")) {
            assertThat(jvm.severity(check)).isEqualTo(High);
            assertThat(jvm.severity(JvmCheck.UnknownProgramStarted)).isNull();
        }
    }

    @Test
    void findsARealShellAndNothingInAnOrdinaryChild() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "start", "sh", "-c", "sleep 1000; true")) {
            assertThat(jvm.severity(JvmCheck.ShellStarted)).isEqualTo(High);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "start", "sleep", "1000")) {
            JvmLook look = first(jvm.facts());
            assertThat(look.facts().processes())
                    .anySatisfy(process -> assertThat(process.ofJvm()).isTrue());
            for (JvmCheck check : List.of(
                    JvmCheck.ShellStarted,
                    JvmCheck.PackageManagerStarted,
                    JvmCheck.DownloadToolStarted,
                    JvmCheck.UnknownProgramStarted)) {
                assertThat(severity(check, look)).as(check.id()).isNull();
            }
        }
    }

    @Test
    void findsProgramsThatWereNotInTheImage() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(
                directory, List.of(), "start", program(directory, "miner").toString(), "1000")) {
            assertThat(jvm.severity(JvmCheck.UnknownProgramStarted)).isEqualTo(Critical);
        }
        // The program waits until the file that it will run is there.
        Path late = outside().resolve("late");
        Files.deleteIfExists(late);
        String wait = "until [ -x " + late + " ]; do sleep 0.05; done; exec " + late + " 1000";
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "start", "sh", "-c", wait)) {
            assertThat(jvm.severity(JvmCheck.UnknownProgramStarted)).isNull();
            program(outside(), "late");
            Awaitility.await().until(() -> jvm.severity(JvmCheck.UnknownProgramStarted) == Critical);
        }
    }

    /** The probe's own shell is a child of this test's JVM. */
    @Test
    void theProbeDoesNotFindItself() {
        Target own = LocalProcessRunner.target(ProcessHandle.current().pid());
        JvmFacts facts = Shells.success(new ContainerSecurityLook(
                        new LocalProcessRunner(),
                        ProbeLimits.DEFAULTS,
                        new SafetyBudget(Clock.systemUTC(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS))
                .look(own));

        assertThat(severity(JvmCheck.ShellStarted, first(facts))).isNull();
    }

    @Test
    void findsRightsThatAreNotNeededAndNoneInAConfinedJvm() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can take its rights away");
        assumeTrue(WatchedJvm.onPath("setpriv") != null, "setpriv is not installed");
        List<JvmCheck> rights = List.of(
                JvmCheck.RunsAsRoot,
                JvmCheck.Capabilities,
                JvmCheck.SeccompOff,
                JvmCheck.NewPrivilegesAllowed,
                JvmCheck.RootWritable);
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            for (JvmCheck check : rights) {
                assertThat(jvm.severity(check)).as(check.id()).isNotNull();
            }
        }
        try (WatchedJvm jvm = WatchedJvm.by(confined(), Map.of())) {
            JvmLook look = first(jvm.facts());
            for (JvmCheck check : rights) {
                assertThat(severity(check, look)).as(check.id()).isNull();
            }
        }
    }

    @Test
    void findsAProcessOfAnotherRootDirectoryThatMayAttach() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can change the root directory");
        Path root = Files.createDirectories(outside().resolve("root"));
        WatchedJvm.built(
                root.resolve("wait"), "#include <unistd.h>\nint main(void) { sleep(1000); return 0; }", "-static");
        Path chroot = WatchedJvm.onPath("chroot");
        assumeTrue(chroot != null, "chroot is not installed");
        String[] other = {"start", chroot.toString(), root.toString(), "/wait"};
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), other)) {
            Awaitility.await().until(() -> jvm.severity(JvmCheck.AttachByOthers) == Medium);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-XX:+DisableAttachMechanism"), other)) {
            assertThat(jvm.severity(JvmCheck.AttachByOthers)).isNull();
        }
    }

    @Test
    void tellsSecretsByNameAndNeverTheirValues() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.by(
                WatchedJvm.command(
                        JavaHomes.any(),
                        directory,
                        List.of("-Ddb.password=hunter2", "-Dmulti.line.secret=hunter2\n-Dhunter2"),
                        "--api.token=hunter2",
                        "--password",
                        "-Dhunter2",
                        "hunter2"),
                Map.of("JAVA_TOOL_OPTIONS", "-Dkey.secret=\"hunter2 -Dhunter2\" -Dother='hunter2 -Dhunter2'"))) {
            JvmFacts facts = jvm.facts();

            assertThat(facts.toString()).doesNotContain("hunter2");
            assertThat(JvmCheck.SecretInOptions.observe(first(facts), "app"))
                    .extracting(observation -> observation.key().subject())
                    .containsExactly("db.password", "multi.line.secret", "api.token", "password", "key.secret");
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-Ddb.user=me", "-Dtoken.enabled=true"))) {
            assertThat(jvm.severity(JvmCheck.SecretInOptions)).isNull();
        }
    }

    private static JvmLook first(JvmFacts facts) {
        return JvmLook.first(facts, PodExpectations.NONE, Instant.now());
    }

    /** A JVM without any right that it does not need: its own mounts, another user, and a filter of system calls that lets all pass. */
    private List<String> confined() throws Exception {
        Path filter = WatchedJvm.built(
                outside().resolve("filtered"),
                """
                #include <linux/filter.h>
                #include <linux/seccomp.h>
                #include <sys/prctl.h>
                #include <unistd.h>

                int main(int count, char **words) {
                    struct sock_filter all[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
                    struct sock_fprog filter = {1, all};
                    if (count < 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) return 1;
                    execv(words[1], words + 1);
                    return 1;
                }
                """);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String java = String.join(" ", WatchedJvm.command(JavaHomes.any(), directory, List.of()));
        return new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -o remount,bind,ro / && exec setpriv --reuid 43217 --regid 43217 --clear-groups --inh-caps=-all --bounding-set=-all "
                        + filter + " " + java));
    }

    private static Path outside() throws IOException {
        return Files.createDirectories(Path.of("target", "suspects").toAbsolutePath());
    }

    private static Path program(Path where, String name) throws IOException {
        Path copy = where.resolve(name + ".new");
        Files.copy(WatchedJvm.onPath("sleep").toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        copy.toFile().setExecutable(true, false);
        // In place at once and whole, as it is looked for.
        return Files.move(copy, where.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String library(Path where, String name) throws IOException {
        try (Stream<Path> files = Files.walk(JavaHomes.any().toRealPath().resolve("lib"))) {
            Path library = files.filter(file -> file.getFileName().toString().equals("libjsig.so"))
                    .findFirst()
                    .orElseThrow();
            return Files.copy(library, where.resolve(name), StandardCopyOption.REPLACE_EXISTING)
                    .toString();
        }
    }
}
