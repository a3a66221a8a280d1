package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that answer anything but what was asked. All of them end in time, and none of them gives a number. */
@Timeout(60)
class HostileOutputTest {

    private static final Target TARGET = new Target("shop", "checkout-1", "uid", "app", "containerd://1");
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    static Path classes;

    private final LocalProcessRunner local = new LocalProcessRunner();

    @Test
    void anEndlessAnswerEndsInTimeAndTheContainerIsLeftAlone() {
        ContainerProbe probe = probe(List.of("sh", "-c", "while :; do echo y; done"));

        assertThat(reason(probe.counters(TARGET))).isEqualTo(FailureReason.TimedOut);
        assertThat(probe.counters(TARGET)).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isEqualTo(RefusalReason.BackingOff));
        assertThat(probe.commandsRun()).isEqualTo(1);
    }

    @Test
    void aSilentCommandEndsInTime() {
        assertThat(reason(probe(List.of("sleep", "1000")).counters(TARGET))).isEqualTo(FailureReason.TimedOut);
    }

    @Test
    void aHugeAnswerIsReadToItsEndAndNotKept() {
        ProbeResult<CommandOutput> result = local.run(
                TARGET, List.of("sh", "-c", "head -c 50000000 /dev/zero; echo over >&2"), SHORT.multipliedBy(10), 1000);

        assertThat(result).isInstanceOf(Success.class);
        CommandOutput output = ((Success<CommandOutput>) result).value();
        assertThat(output.standardOutput()).hasSize(1000);
        assertThat(output.truncated()).isTrue();
        assertThat(output.standardError()).as("it got to its end").isEqualTo("over\n");
        assertThat(reason(probe(List.of("head", "-c", "1000000", "/dev/zero")).counters(TARGET)))
                .isEqualTo(FailureReason.TooLong);
    }

    @Test
    void anotherProgramsAnswerIsGarbled() {
        assertThat(reason(probe(List.of("echo", "Welcome to sh!")).counters(TARGET)))
                .isEqualTo(FailureReason.Garbled);
        assertThat(reason(probe(List.of("true")).counters(TARGET))).isEqualTo(FailureReason.Truncated);
    }

    @Test
    void aMissingShellIsARefusal() {
        assertThat(probe(List.of("no-such-shell-here", "-c")).counters(TARGET))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.NoShell));
    }

    @Test
    void noCutAnswerOfARealJvmGivesANumber() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            int whole = answer(jvm, output -> output).length;
            for (int kept : List.of(0, 1, 40, 400, 2000, 3000, whole - 40000, whole - 20000, whole - 10, whole - 1)) {
                ContainerProbe probe = probe(command(jvm, output -> Arrays.copyOf(output, Math.max(0, kept))));
                assertThat(probe.counters(jvm.target()))
                        .as("%d of %d bytes", kept, whole)
                        .isInstanceOf(Failure.class);
            }
        }
    }

    @Test
    void noAnswerWithANumberThatCannotBeGivesANumber() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), classes)) {
            String plain = new String(answer(jvm, output -> output), StandardCharsets.ISO_8859_1);
            for (List<String> change : List.of(
                    List.of("VmRSS:\t", "VmRSS:\t-"),
                    List.of("SigCgt:\t", "SigCgt:\tx"),
                    List.of("Threads:\t", "Threads:\t99999999999999999999"),
                    List.of("btime ", "mtime "),
                    List.of("kind hotspot", "kind hotspur"),
                    List.of("version 1", "version 3"),
                    List.of("version 2", "version 3"),
                    List.of("\u00ca\u00fe\u00c0\u00c0", "\u00ca\u00fe\u00ba\u00be"))) {
                // Which control group version it is depends on the machine.
                if (plain.contains(change.get(0))) {
                    ContainerProbe probe =
                            probe(command(jvm, answer -> replaced(answer, change.get(0), change.get(1))));
                    assertThat(reason(probe.counters(jvm.target())))
                            .as("%s", change)
                            .isEqualTo(FailureReason.Garbled);
                }
            }
        }
    }

    private byte[] answer(LiveProcess jvm, UnaryOperator<byte[]> change) {
        ProbeResult<CommandOutput> result = command(jvm, change)
                .run(jvm.target(), ProbeScript.Counters.command("boundary", List.of()), SHORT.multipliedBy(5), 1 << 20);
        return ((Success<CommandOutput>) result).value().standardOutput();
    }

    /** Runs what it is given, and changes the answer. */
    private CommandRunner command(LiveProcess jvm, UnaryOperator<byte[]> change) {
        return new Named() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                return switch (local.run(jvm.target(), command, timeout, cap)) {
                    case Success<CommandOutput>(CommandOutput output) ->
                        new Success<>(new CommandOutput(change.apply(output.standardOutput()), false, ""));
                    case ProbeResult<CommandOutput> other -> other;
                };
            }
        };
    }

    private ContainerProbe probe(List<String> instead) {
        return probe(new Named() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                return local.run(target, instead, timeout, cap);
            }
        });
    }

    private static ContainerProbe probe(CommandRunner runner) {
        ProbeLimits usual = ProbeLimits.DEFAULTS;
        return new ContainerProbe(
                runner,
                Clock.systemUTC(),
                new ProbeLimits(
                        SHORT,
                        usual.countersCap(),
                        SHORT,
                        SHORT,
                        usual.attachCap(),
                        usual.headroom(),
                        usual.firstBackOff(),
                        usual.longestBackOff()));
    }

    private static byte[] replaced(byte[] bytes, String old, String replacement) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(old, replacement)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FailureReason reason(ProbeResult<?> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<?>) result).reason();
    }

    private interface Named extends CommandRunner {
        @Override
        default String name() {
            return "hostile";
        }
    }
}
