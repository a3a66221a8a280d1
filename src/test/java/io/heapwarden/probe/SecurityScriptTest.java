package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** security.sh in the shells and with the tools that images have, and what it costs the JVM. */
class SecurityScriptTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void saysTheSameInAnyShell(String shell) throws Exception {
        List<String> words = List.of(shell.split(" "));
        assumeTrue(WatchedJvm.onPath(words.getFirst()) != null, shell + " is not installed");
        try (WatchedJvm jvm = suspicious()) {
            assertSame(jvm.facts(), look(jvm, runner(command -> {
                List<String> changed = new ArrayList<>(words);
                changed.addAll(command.subList(1, command.size()));
                return changed;
            })));
        }
    }

    @Test
    void saysTheSameWithBusyBoxsTools() throws Exception {
        Path busybox = WatchedJvm.onPath("busybox");
        assumeTrue(busybox != null, "busybox is not installed");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String tool : List.of("sh", "grep", "ls", "tr", "cat")) {
            Files.createSymbolicLink(bin.resolve(tool), busybox);
        }
        try (WatchedJvm jvm = suspicious()) {
            assertSame(jvm.facts(), look(jvm, withPath(bin)));
        }
    }

    @Test
    void saysTheSameWithoutGrep() throws Exception {
        try (WatchedJvm jvm = suspicious()) {
            assertSame(jvm.facts(), look(jvm, withTools("cat", "ls", "tr")));
        }
    }

    @Test
    void withoutLsAndTrSaysWhatItDoesNotKnow() throws Exception {
        try (WatchedJvm jvm = suspicious()) {
            JvmFacts facts = look(jvm, withTools("cat"));

            assertThat(facts.options().whole()).isFalse();
            assertThat(facts.options().all()).isEmpty();
            assertThat(facts.rights()).isEqualTo(jvm.facts().rights());
        }
    }

    @Test
    void startsNoMoreThanFivePrograms() throws Exception {
        Path log = directory.resolve("log");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("sh"), WatchedJvm.onPath("sh"));
        for (String tool : List.of("cat", "ls", "tr", "grep")) {
            Path counted = Files.writeString(
                    bin.resolve(tool),
                    "#!/bin/sh\necho %s >> %s\nexec %s \"$@\"\n".formatted(tool, log, WatchedJvm.onPath(tool)));
            counted.toFile().setExecutable(true);
        }
        try (WatchedJvm jvm = suspicious()) {
            Shells.success(look(withPath(bin))
                    .look(jvm.process().target(), identity(jvm.process().pid()), null));

            assertThat(Files.readAllLines(log)).hasSizeLessThanOrEqualTo(5).contains("grep", "ls", "tr");
        }
    }

    @Test
    void causesNoSafepoint() throws Exception {
        Path log = directory.resolve("safepoints");
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-Xlog:safepoint:file=" + log))) {
            // What belongs to its start is over.
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(new Callable<>() {
                        private long size = Files.size(log);

                        @Override
                        public Boolean call() throws Exception {
                            boolean same = size == Files.size(log);
                            size = Files.size(log);
                            return same;
                        }
                    });
            long before = Files.size(log);
            for (int i = 0; i < 20; i++) {
                look(jvm, new LocalProcessRunner());
            }
            assertThat(Files.size(log)).isEqualTo(before);
        }
    }

    @Test
    void refusesAProcessThatIsNoJvmOrGone() throws Exception {
        try (LiveProcess sleep = LiveProcess.start(List.of("sleep", "1000"), Map.of())) {
            assertRefused(look().look(sleep.target(), identity(sleep.pid()), null), RefusalReason.NotRunning);
            assertRefused(look().look(sleep.target()), RefusalReason.NoJvm);
            assertThat(sleep.alive()).isTrue();
        }
        assertRefused(
                look().look(LocalProcessRunner.target(1), identity(Integer.MAX_VALUE), null), RefusalReason.NotRunning);
    }

    @Test
    void takesTheJvmThatTheLastSampleFound() throws Exception {
        try (WatchedJvm jvm = suspicious()) {
            JvmFacts facts = Shells.success(
                    look().look(jvm.process().target(), identity(jvm.process().pid()), null));

            assertSame(jvm.facts(), facts);
        }
    }

    @Test
    void anAnswerThatIsCutOrHugeIsAFailure() throws Exception {
        try (WatchedJvm jvm = suspicious()) {
            assertThat(reason(answering(jvm, bytes -> Arrays.copyOf(bytes, bytes.length / 2))))
                    .isEqualTo(FailureReason.Truncated);
            assertThat(reason(answering(jvm, bytes -> "nothing".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(FailureReason.Garbled);
            assertThat(reason(answering(jvm, bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                            .replace("Pid:\t", "Pid:\tx")
                            .getBytes(StandardCharsets.ISO_8859_1))))
                    .isEqualTo(FailureReason.Garbled);
        }
    }

    private WatchedJvm suspicious() throws Exception {
        return WatchedJvm.by(
                WatchedJvm.command(
                        JavaHomes.any(),
                        directory,
                        List.of(
                                "-Da.password=b c",
                                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:0"),
                        "start",
                        "sleep",
                        "1000"),
                Map.of("JAVA_TOOL_OPTIONS", "-Dx=true -Dsecret='y -Dz'"));
    }

    private static void assertSame(JvmFacts expected, JvmFacts facts) {
        assertThat(facts.options()).isEqualTo(expected.options());
        assertThat(facts.options().all()).hasSize(4);
        assertThat(facts.rights()).isEqualTo(expected.rights());
        assertThat(facts.code()).isEqualTo(expected.code());
        assertThat(facts.java()).isEqualTo(expected.java());
        assertThat(facts.startTicks()).isEqualTo(expected.startTicks());
        assertThat(facts.processes())
                .filteredOn(JvmFacts.OtherProcess::ofJvm)
                .isEqualTo(expected.processes().stream()
                        .filter(JvmFacts.OtherProcess::ofJvm)
                        .toList())
                .hasSize(1);
        assertThat(facts.sockets())
                .filteredOn(socket -> socket.owner() == Owner.Jvm)
                .hasSize(1);
    }

    private static JvmFacts look(WatchedJvm jvm, CommandRunner runner) {
        return jvm.facts(runner);
    }

    private static ContainerSecurityLook look() {
        return look(new LocalProcessRunner());
    }

    private static ContainerSecurityLook look(CommandRunner runner) {
        return new ContainerSecurityLook(
                runner,
                ProbeLimits.DEFAULTS,
                new SafetyBudget(Clock.systemUTC(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS));
    }

    private static JvmIdentity identity(long pid) {
        return new JvmIdentity((int) pid, Instant.EPOCH, null, Collector.G1, 1);
    }

    private ProbeResult<JvmFacts> answering(WatchedJvm jvm, UnaryOperator<byte[]> change) {
        LocalProcessRunner local = new LocalProcessRunner();
        return look(new Named() {
                    @Override
                    public ProbeResult<CommandOutput> run(
                            Target target, List<String> command, Duration timeout, int cap) {
                        return local.run(target, command, timeout, cap) instanceof Success<CommandOutput>(var output)
                                ? new Success<>(new CommandOutput(change.apply(output.standardOutput()), false, ""))
                                : new Failure<>(FailureReason.Unavailable, "");
                    }
                })
                .look(jvm.process().target(), identity(jvm.process().pid()), null);
    }

    private static FailureReason reason(ProbeResult<?> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<?>) result).reason();
    }

    private static void assertRefused(ProbeResult<?> result, RefusalReason reason) {
        assertThat(result).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isEqualTo(reason));
    }

    private CommandRunner withTools(String... tools) throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("sh"), WatchedJvm.onPath("sh"));
        for (String tool : tools) {
            Files.createSymbolicLink(bin.resolve(tool), WatchedJvm.onPath(tool));
        }
        return withPath(bin);
    }

    private static CommandRunner withPath(Path bin) {
        String env = WatchedJvm.onPath("env").toString();
        return runner(command -> {
            List<String> changed = new ArrayList<>(List.of(env, "PATH=" + bin));
            changed.addAll(command);
            return changed;
        });
    }

    private static CommandRunner runner(UnaryOperator<List<String>> change) {
        LocalProcessRunner local = new LocalProcessRunner();
        return new Named() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                return local.run(target, change.apply(command), timeout, cap);
            }
        };
    }

    private interface Named extends CommandRunner {
        @Override
        default String name() {
            return "changed";
        }
    }
}
