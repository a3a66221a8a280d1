package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static io.heapwarden.probe.program.Asking.ask;
import static io.heapwarden.probe.program.Asking.assertUnharmed;
import static io.heapwarden.probe.program.Asking.leftOf;
import static io.heapwarden.probe.program.Asking.reason;
import static io.heapwarden.probe.program.Asking.startOf;
import static io.heapwarden.probe.program.Asking.trailer;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
            assertThat(leftOf(jvm)).as("the JVM will look for it").isNotEmpty();
            // Asked again meanwhile, it gets no second signal, which would be one too many.
            assertThat(reason(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, SHORT)))
                    .isEqualTo(FailureReason.TimedOut);
            jvm.signal("CONT");

            await().atMost(LONG).untilAsserted(() -> assertThat(leftOf(jvm)).isEmpty());
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
            assertThat(leftOf(jvm)).isNotEmpty();
            jvm.signal("CONT");

            await().atMost(LONG).untilAsserted(() -> assertThat(leftOf(jvm)).isEmpty());
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
}
