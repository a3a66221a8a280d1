package io.heapwarden.evidence.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.evidence.chain.ChainRefusal;
import io.heapwarden.evidence.chain.HoldingJvm;
import io.heapwarden.probe.ContainerCommands.Cost;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.LocalStreams;
import io.heapwarden.probe.PauseLimits;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.probe.WordedCommand.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains of real JVMs of every JDK of the machine, taken by the scripts that are sent into a container; and what is left of it. */
@Timeout(180)
class ChainTakingLiveTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> CULPRITS = List.of("Holding$Quote");

    @TempDir
    static Path classes;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() {
        HoldingJvm.compile(classes);
    }

    private static ChainOrder order(Duration recording) {
        return new ChainOrder(recording, ChainOrder.DEFAULT_MAX_PAUSE, CULPRITS, Map.of(), 4);
    }

    private static void assertNothingLeft(Collecting collecting, HoldingJvm jvm) throws Exception {
        assertThat(recordings(collecting, jvm)).doesNotContain("running");
        assertThat(jvm.leftBehind()).isEmpty();
        assertThat(jvm.alive()).isTrue();
    }

    private static String recordings(Collecting collecting, HoldingJvm jvm) {
        var answer = collecting
                .commands()
                .send(LocalProbe.target(jvm.pid()), Recorder.of("JFR.check"), new Cost.NoPause(), LIMIT);
        assertThat(answer).isInstanceOf(Success.class);
        return ((Success<String>) answer).value();
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void saysWhatHoldsTheObjectsWithOneSearchAndLeavesNothing(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            Collecting collecting = new Collecting(LocalStreams.whole(), PauseLimits.DEFAULTS);
            ChainOutcome outcome = collecting
                    .chains(jvm.temporary().toString())
                    .take(LocalProbe.target(jvm.pid()), order(Duration.ofSeconds(8)));

            assertThat(outcome).isInstanceOfSatisfying(ChainOutcome.Found.class, found -> {
                assertThat(found.chains().samples()).isPositive();
                assertThat(found.text()).contains(found.best().line());
            });
            assertNothingLeft(collecting, jvm);
            assertThat(collecting.sent())
                    .as("either would search")
                    .filteredOn(words -> words.startsWith("JFR.stop") || words.startsWith("JFR.dump"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aConnectionThatIsCutLeavesNothing(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            Collecting collecting = new Collecting(LocalStreams.cutAfter(5_000), PauseLimits.DEFAULTS);
            ChainOutcome outcome = collecting
                    .chains(jvm.temporary().toString())
                    .take(LocalProbe.target(jvm.pid()), order(Duration.ofSeconds(1)));

            assertThat(outcome)
                    .isInstanceOfSatisfying(ChainOutcome.Failed.class, failed -> assertThat(failed.sentence())
                            .contains("lost"));
            assertNothingLeft(collecting, jvm);
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void anInterruptEndsTheRecording(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            Collecting collecting = new Collecting(LocalStreams.whole(), PauseLimits.DEFAULTS);
            AtomicReference<ChainOutcome> outcome = new AtomicReference<>();
            Target target = LocalProbe.target(jvm.pid());
            Thread taking = Thread.startVirtualThread(() -> outcome.set(
                    collecting.chains(jvm.temporary().toString()).take(target, order(Duration.ofMinutes(10)))));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> recordings(collecting, jvm).contains("(running)"));
            taking.interrupt();
            taking.join();
            assertThat(outcome.get()).isInstanceOf(ChainOutcome.Failed.class);
            assertNothingLeft(collecting, jvm);
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void whatIsNotAffordableIsNotStarted(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            Collecting collecting = new Collecting(LocalStreams.whole(), new PauseLimits(0.000_001, 2, 1));
            ChainOutcome outcome = collecting
                    .chains(jvm.temporary().toString())
                    .take(LocalProbe.target(jvm.pid()), order(Duration.ofSeconds(1)));

            assertThat(outcome)
                    .isInstanceOfSatisfying(ChainOutcome.NotAsked.class, notAsked -> assertThat(notAsked.refusal())
                            .isEqualTo(RefusalReason.PauseBudgetSpent));
            assertNothingLeft(collecting, jvm);
            assertThat(collecting.sent()).noneMatch(words -> words.startsWith("JFR.start"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aJvmThatCannotIsRefusedByName(Path home) throws Exception {
        Map<String, ChainRefusal> unfit = Map.of(
                "-XX:+UseZGC", ChainRefusal.CollectorNotSupported,
                "-XX:VMThreadStackSize=512", ChainRefusal.StackTooSmall,
                "-XX:-FlightRecorder", ChainRefusal.NoFlightRecorder);
        for (Map.Entry<String, ChainRefusal> entry : unfit.entrySet()) {
            try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory, entry.getKey())) {
                Collecting collecting = new Collecting(LocalStreams.whole(), PauseLimits.DEFAULTS);
                assertThat(collecting
                                .chains(jvm.temporary().toString())
                                .take(LocalProbe.target(jvm.pid()), order(Duration.ofSeconds(1))))
                        .isInstanceOfSatisfying(ChainOutcome.Refused.class, refused -> assertThat(refused.refusal())
                                .isEqualTo(entry.getValue()));
            }
        }
    }
}
