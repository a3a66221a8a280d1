package io.heapwarden.probe;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.probe.ContainerCommands.Cost;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.WordedCommand.Recorder;
import io.heapwarden.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of a real JVM pass the same budget as its samples. */
@Timeout(60)
class ContainerCommandsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    static Path classes;

    private static LiveProcess jvm;

    private final SafetyBudget budget =
            new SafetyBudget(new MovableClock(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS);
    private final ContainerCommands commands =
            new ContainerCommands(new LocalProcessRunner(), ProbeLimits.DEFAULTS, budget);

    @BeforeAll
    static void start() throws Exception {
        jvm = LiveProcess.jvm(JavaHomes.any(), classes);
    }

    @AfterAll
    static void end() {
        jvm.close();
    }

    private ProbeResult<String> send(Target target, Cost cost) {
        return commands.send(target, Recorder.of("JFR.check"), cost, LIMIT);
    }

    private static void assertRefused(ProbeResult<?> result, RefusalReason reason) {
        assertThat(result).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                .isEqualTo(reason));
    }

    @Test
    void aDecidedPauseIsChargedAndNotRefusedForIt() {
        assertThat(send(jvm.target(), new Cost.Affordable(SHORT, SHORT))).isInstanceOf(Success.class);
        assertRefused(send(jvm.target(), new Cost.Affordable(SHORT, SHORT.dividedBy(2))), RefusalReason.PauseTooLong);
        assertThat(send(jvm.target(), new Cost.Decided(Duration.ofSeconds(20)))).isInstanceOf(Success.class);
        assertRefused(send(jvm.target(), new Cost.Affordable(SHORT, SHORT)), RefusalReason.PauseBudgetSpent);
        assertThat(send(jvm.target(), new Cost.Decided(Duration.ofSeconds(20)))).isInstanceOf(Success.class);
        assertThat(send(jvm.target(), new Cost.NoPause())).isInstanceOf(Success.class);
    }

    @Test
    void aQuestionAskedAsTextPaysForItsPause() {
        Question<String> threads = Question.THREADS.asText();
        assertThat(success(commands.ask(jvm.target(), threads, SHORT))).contains("Full thread dump");
        assertRefused(commands.ask(jvm.target(), threads, Duration.ofMillis(1)), RefusalReason.PauseTooLong);
    }

    @Test
    void aPodThatIsNotReadyIsNotPausedWhateverWasDecided() {
        PodFacts facts = new PodFacts(
                null,
                null,
                null,
                null,
                PodFacts.Phase.NotReady,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                List.of(),
                null,
                null);
        Target target = new Target(
                "localhost", "pid-" + jvm.pid(), "", "process", jvm.target().containerId(), facts);
        assertRefused(send(target, new Cost.Decided(Duration.ZERO)), RefusalReason.NotReady);
        assertThat(send(target, new Cost.NoPause())).isInstanceOf(Success.class);
    }

    @Test
    void waitsForAnotherProbeOfTheContainer() throws Exception {
        AtomicReference<ProbeResult<Inspection>> looked = new AtomicReference<>();
        Thread looking = Thread.ofPlatform().unstarted(() -> looked.set(commands.look(jvm.target())));
        success(budget.alone(jvm.target(), () -> {
            looking.start();
            await().until(() -> looking.getState() == Thread.State.TIMED_WAITING);
            assertRefused(
                    budget.alone(jvm.target(), () -> new Success<>("a sample does not wait")),
                    RefusalReason.BackingOff);
            return new Success<>("sampled");
        }));
        looking.join();
        assertThat(success(looked.get()).pid()).isEqualTo((int) jvm.pid());
    }
}
