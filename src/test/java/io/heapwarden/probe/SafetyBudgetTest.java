package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.PodFacts.Phase;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.SafetyBudget.Walk;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SafetyBudgetTest {

    private static final long MIB = 1 << 20;
    private static final long HEADROOM = ProbeLimits.DEFAULTS.headroom();

    private final MovableClock clock = new MovableClock();
    private final Set<String> gone = new HashSet<>();
    private final SafetyBudget budget = new SafetyBudget(
            clock, ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS, target -> !gone.contains(target.containerId()));
    private final List<String> asked = new ArrayList<>();

    /** 64 MiB of heap under G1: 76 ms by the first prediction. */
    private static final Walk WALK = new Walk(Collector.G1, 64 * MIB, false);

    private Duration allowed = Duration.ofMillis(500);

    @Test
    void letsThroughWhatIsSafe() {
        assertThat(pause(pod("a", Phase.Ready))).isInstanceOf(Success.class);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void pausesNoPodThatIsStartingOrNotReadyOrEnding() {
        assertThat(reason(pause(pod("a", Phase.NotReady)))).isEqualTo(RefusalReason.NotReady);
        assertThat(refusal(pod("a", Phase.Starting))).isEqualTo(RefusalReason.NotReady);
        assertThat(refusal(pod("a", Phase.Terminating))).isEqualTo(RefusalReason.NotRunning);
        assertThat(refusal(pod("a", Phase.NotReady))).isNull();
        assertThat(reason(look(pod("a", Phase.Terminating)))).isEqualTo(RefusalReason.NotRunning);
        assertThat(look(pod("a", Phase.Starting))).isInstanceOf(Success.class);
        assertThat(asked).containsExactly("look");
    }

    @Test
    void staysBelowTheTightestProbe() {
        Target target = new Target("shop", "a", "uid", "app", "a", facts(Phase.Ready, null, Duration.ofMillis(70)));

        assertThat(pause(target)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.PauseTooLong);
            assertThat(refusal.detail())
                    .isEqualTo(
                            "a histogram of 64 MiB of G1 heap could stop the application for 76 ms, and the container's tightest"
                                    + " liveness or readiness probe has a time-out of 70 ms. Raise that time-out");
        });
        allowed = Duration.ofMillis(75);
        assertThat(reason(pause(pod("a", Phase.Ready)))).isEqualTo(RefusalReason.PauseTooLong);
        assertThat(asked).isEmpty();
    }

    @Test
    void neverTwoReplicasOfOneWorkloadAndNotMoreThanTwoContainersOfANode() {
        Target first = replica("a", "checkout");
        Target second = replica("b", "checkout");
        ProbeResult<String> outer =
                budget.pause(first, LookedAtJvm.jvm(0, 0), budget.pause(first, WALK, allowed), () -> {
                    ProbeResult<String> sibling = pause(second);
                    assertThat(reason(sibling)).isEqualTo(RefusalReason.OthersPaused);
                    assertThat(((Refusal<String>) sibling).detail()).startsWith("another replica of checkout");
                    return budget.pause(
                            replica("c", "cart"), LookedAtJvm.jvm(0, 0), budget.pause(first, WALK, allowed), () -> {
                                ProbeResult<String> third = pause(replica("d", "basket"));
                                assertThat(((Refusal<String>) third).detail())
                                        .startsWith("2 containers of node node-1 are being paused");
                                return new Success<>("deepest");
                            });
                });

        assertThat(outer).isEqualTo(new Success<>("deepest"));
        assertThat(pause(second)).isInstanceOf(Success.class);
    }

    @Test
    void aTimeOutCancelsNothingSoTheReplicasWait() {
        Target first = replica("a", "checkout");
        hangs(first);

        assertThat(reason(pause(replica("b", "checkout")))).isEqualTo(RefusalReason.OthersPaused);
        assertThat(refusal(first)).isEqualTo(RefusalReason.BackingOff);

        clock.move(ProbeLimits.DEFAULTS.firstBackOff());
        assertThat(pause(replica("b", "checkout"))).isInstanceOf(Success.class);
        assertThat(refusal(first)).isNull();
    }

    @Test
    void oneThatHangsAgainAndAgainIsLeftAloneForLongerThanItsNeighboursWait() {
        Target first = replica("a", "checkout");
        hangs(first);
        clock.move(ProbeLimits.DEFAULTS.firstBackOff());
        hangs(first);
        clock.move(ProbeLimits.DEFAULTS.firstBackOff());

        assertThat(refusal(first)).isEqualTo(RefusalReason.BackingOff);
        assertThat(pause(replica("b", "checkout"))).isInstanceOf(Success.class);
    }

    @Test
    void nobodyWaitsForOneThatIsGone() {
        hangs(replica("a", "checkout"));
        hangs(replica("b", "cart"));
        assertThat(reason(pause(replica("c", "basket")))).isEqualTo(RefusalReason.OthersPaused);

        gone.add("a");

        assertThat(pause(replica("c", "basket"))).isInstanceOf(Success.class);
        assertThat(pause(replica("d", "checkout"))).isInstanceOf(Success.class);
    }

    @Test
    void oneProbeAContainerAtATime() {
        Target target = pod("a", Phase.Ready);
        ProbeResult<String> outer = budget.alone(target, () -> budget.alone(target, () -> new Success<>("inner")));

        assertThat(reason(outer)).isEqualTo(RefusalReason.BackingOff);
        assertThat(budget.alone(target, () -> new Success<>("later"))).isInstanceOf(Success.class);
    }

    @Test
    void takesNoMoreThanItsShareOfADay() {
        Target target = pod("a", Phase.Ready);
        int taken = 0;
        while (taken < 1000 && pause(target) instanceof Success) {
            taken++;
        }

        assertThat(taken).as("8640 ms a day, 76 ms each").isEqualTo(8640 / 76);
        assertThat(pause(target)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.PauseBudgetSpent);
            assertThat(refusal.detail()).contains("more than 0.01 % of the container's time");
        });

        // 76 ms at a ten-thousandth.
        clock.move(Duration.ofSeconds(760));
        assertThat(pause(target)).isInstanceOf(Success.class);
        assertThat(pause(target)).isInstanceOf(Refusal.class);
        assertThat(pause(pod("b", Phase.Ready))).as("each has its own").isInstanceOf(Success.class);
    }

    @Test
    void learnsFromTheJvmsOwnWordsHowLongAPauseIs() {
        Target target = pod("a", Phase.Ready);
        allowed = Duration.ofMillis(30);
        assertThat(reason(pause(target, WALK, LookedAtJvm.jvm(10, 4)))).isEqualTo(RefusalReason.PauseTooLong);

        allowed = Duration.ofMillis(500);
        pause(target, WALK, LookedAtJvm.jvm(10, 4));
        allowed = Duration.ofMillis(30);
        // 40 ms of safepoints since, 25 of them for other collections.
        budget.look(target, 0, () -> new Success<>(LookedAtJvm.jvm(10.040, 4.025)));

        assertThat(pause(target, WALK, LookedAtJvm.jvm(10.04, 4.025)))
                .as("22.5 ms now")
                .isInstanceOf(Success.class);
        Walk larger = new Walk(Collector.G1, 96 * MIB, false);
        assertThat(reason(pause(target, larger, LookedAtJvm.jvm(10.04, 4.025))))
                .as("half as much again is 33 ms")
                .isEqualTo(RefusalReason.PauseTooLong);
        Walk live = new Walk(Collector.G1, 64 * MIB, true);
        assertThat(reason(pause(target, live, LookedAtJvm.jvm(10.04, 4.025))))
                .as("of a collection too nothing is known")
                .isEqualTo(RefusalReason.PauseTooLong);
    }

    @Test
    void looksSeldomAtAContainerThatALookMayEnd() {
        Target target = pod("a", Phase.Ready);
        assertThat(lookWith(target, 2 * MIB, 4 * MIB)).isInstanceOf(Success.class);
        assertThat(lookWith(target, 2 * MIB, 4 * MIB)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.NotEnoughHeadroom);
            assertThat(refusal.detail())
                    .startsWith("less than 4 MiB were free under the container's memory limit")
                    .contains("looked at again in 301 s");
        });
        assertThat(lookWith(target, 2 * MIB, 0)).as("from outside").isInstanceOf(Success.class);
        assertThat(lookWith(target, 2 * MIB, 4 * MIB))
                .as("which changes nothing inside")
                .isInstanceOf(Refusal.class);

        clock.move(Duration.ofMinutes(5));
        assertThat(lookWith(target, 9 * MIB, 4 * MIB)).as("time is up").isInstanceOf(Success.class);
        assertThat(lookWith(target, 9 * MIB, 4 * MIB)).as("there is room again").isInstanceOf(Success.class);
    }

    private ProbeResult<Inspection> lookWith(Target target, long free, long room) {
        return budget.look(target, room, () -> new Success<>(LookedAtJvm.jvm(0, 0, free)));
    }

    private ProbeResult<String> pause(Target target) {
        return pause(target, WALK, LookedAtJvm.jvm(0, 0));
    }

    private ProbeResult<String> pause(Target target, Walk walk, Inspection jvm) {
        return budget.pause(target, jvm, budget.pause(target, walk, allowed), () -> {
            asked.add(target.containerId());
            clock.move(Duration.ofMillis(200));
            return new Success<>("answer");
        });
    }

    private ProbeResult<Inspection> look(Target target) {
        return budget.look(target, 0, () -> {
            asked.add("look");
            return new Success<>(LookedAtJvm.jvm(0, 0));
        });
    }

    private void hangs(Target target) {
        budget.pause(
                target,
                LookedAtJvm.jvm(0, 0),
                budget.pause(target, WALK, allowed),
                () -> new Failure<>(FailureReason.TimedOut, "no answer"));
    }

    private @Nullable RefusalReason refusal(Target target) {
        Refusal<Object> refusal = budget.refusal(target, LookedAtJvm.jvm(0, 0), HEADROOM);
        return refusal == null ? null : refusal.reason();
    }

    private static RefusalReason reason(ProbeResult<?> result) {
        assertThat(result).isInstanceOf(Refusal.class);
        return ((Refusal<?>) result).reason();
    }

    private static Target pod(String id, Phase phase) {
        return new Target("shop", id, "uid", "app", id, facts(phase, null, null));
    }

    private static Target replica(String id, String workload) {
        return new Target("shop", id, "uid", "app", id, facts(Phase.Ready, workload, null));
    }

    private static PodFacts facts(Phase phase, @Nullable String workload, @Nullable Duration tightestProbe) {
        return new PodFacts(
                "node-1",
                null,
                null,
                workload,
                phase,
                null,
                null,
                tightestProbe,
                Map.of(),
                List.of(),
                List.of(),
                null,
                null);
    }
}
