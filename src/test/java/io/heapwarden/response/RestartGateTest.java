package io.heapwarden.response;

import static io.heapwarden.response.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.security.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartGateTest {

    private final GateFixture fixture = new GateFixture();

    @Test
    void allowsARestartThatNothingSpeaksAgainst() {
        assertThat(fixture.decide())
                .isEqualTo(new Allowed(
                        "Evicting shop/checkout-6c9-x2k of Deployment/checkout (Critical, RetentionLeak), restart 1 of at most 3 in 24h",
                        false));
    }

    @Test
    void observingSaysWhatItWouldDo() {
        fixture.enforce = false;

        assertThat(fixture.decide())
                .asInstanceOf(type(DryRun.class))
                .extracting(DryRun::sentence)
                .asString()
                .startsWith("Would evict shop/checkout-6c9-x2k of Deployment/checkout")
                .contains("mode is Observe");
    }

    @Test
    void observingRefusesWhatEnforcingWouldRefuse() {
        fixture.enforce = false;
        fixture.past(Duration.ofMinutes(10), ActionOutcome.Evicted);

        fixture.assertRefused(GateRefusal.CoolingDown, NOW.plus(Duration.ofMinutes(20)));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyAVerdictThatARestartHelpsPasses(Verdict verdict) {
        fixture.verdict = verdict;

        if (verdict.restartHelps()) {
            assertThat(fixture.decide()).isInstanceOf(Allowed.class);
        } else {
            fixture.assertRefused(GateRefusal.RestartDoesNotHelp, null).contains(verdict.name());
        }
    }

    @Test
    void aFindingThatARestartCuresPassesLikeALeak() {
        fixture.state = State.Healthy;
        fixture.verdict = Verdict.Healthy;
        fixture.finding = new RestartCause.SecurityFinding("Terminal shell in container", Severity.Critical, true);

        assertThat(fixture.decide()).isInstanceOfSatisfying(Allowed.class, allowed -> assertThat(allowed.sentence())
                .contains("(Critical finding, Terminal shell in container)"));
    }

    @Test
    void aFindingThatComesBackWithTheNewPodIsNoReasonToRestart() {
        fixture.finding = new RestartCause.SecurityFinding("debug-port-open", Severity.Critical, false);

        fixture.assertRefused(GateRefusal.RestartDoesNotHelp, null)
                .contains("debug-port-open", "a new pod would show it again");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void onlyAConfirmedLeakPasses(State state) {
        fixture.state = state;

        if (state == State.Leaking || state == State.Critical) {
            assertThat(fixture.decide()).isInstanceOf(Allowed.class);
        } else {
            fixture.assertRefused(GateRefusal.NotConfirmed, null).contains(state.name());
        }
    }

    @Test
    void aPodThatWasReplacedMeanwhileIsNotTouched() {
        fixture.pods.set(0, GateFixture.pod("uid-of-successor", NOW, true));

        fixture.assertRefused(GateRefusal.PodGone, null).contains("uid-0");
    }

    @Test
    void aPodThatIsBeingDeletedIsLeftAlone() {
        fixture.pods.set(0, new PodView("uid-0", NOW.minusSeconds(60), true, true, null, false));

        fixture.assertRefused(GateRefusal.PodTerminating, null);
    }

    @Test
    void aStandalonePodIsRestartedOnlyWhenAskedForByName() {
        fixture.controllerKind = null;
        fixture.assertRefused(GateRefusal.NoController, null);

        fixture.askedByName = true;
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void aPodOfAJobIsRestartedOnlyWhenAskedForByName() {
        fixture.controllerKind = "Job";
        fixture.assertRefused(GateRefusal.JobPod, null);

        fixture.askedByName = true;
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void aStaticPodIsNeverRestarted() {
        fixture.controllerKind = "Node";
        fixture.askedByName = true;

        fixture.assertRefused(GateRefusal.StaticPod, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "CloneSet"})
    void aPodThatItsControllerReplacesPasses(String kind) {
        fixture.controllerKind = kind;

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void outsideEveryWindowItSaysWhenTheNextOneOpens() {
        fixture.windows = List.of(
                RestartWindow.parse(List.of("Sat"), "00:00", "24:00", "UTC"),
                RestartWindow.parse(List.of(), "22:00", "05:00", "UTC"));

        fixture.assertRefused(GateRefusal.OutsideWindow, Instant.parse("2026-11-23T22:00:00Z"))
                .contains("2026-11-23T22:00:00Z");

        fixture.now = Instant.parse("2026-11-24T04:59:59Z");
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void anIntentWithoutOutcomeBlocksEvenWithoutCooldown() {
        fixture.cooldown = Duration.ZERO;
        fixture.past(Duration.ofSeconds(30), ActionOutcome.Intended);

        fixture.assertRefused(GateRefusal.IntentPending, NOW.plusSeconds(90));
    }

    @Test
    void anOldIntentCountsAsAnActWhateverBecameOfIt() {
        fixture.past(Duration.ofMinutes(3), ActionOutcome.Intended);

        fixture.assertRefused(GateRefusal.CoolingDown, NOW.plus(Duration.ofMinutes(27)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionOutcome.class,
            names = {"Evicted", "Unanswered"})
    void theCooldownIsOverToTheSecond(ActionOutcome outcome) {
        fixture.past(Duration.ofMinutes(30).minusSeconds(1), outcome);
        fixture.assertRefused(GateRefusal.CoolingDown, NOW.plusSeconds(1)).contains("30m");

        fixture.now = NOW.plusSeconds(1);
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void anActInAnotherWorkloadOnlyKeepsTheDistanceOfTheInstallation() {
        fixture.elsewhere(Duration.ofMinutes(2), "other-shop");
        fixture.assertRefused(GateRefusal.FleetBudget, NOW.plus(Duration.ofMinutes(1)))
                .contains("Deployment/cart", "one pod every 3m");

        fixture.now = NOW.plus(Duration.ofMinutes(1));
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionOutcome.class,
            names = {"BlockedByBudget", "Forbidden", "Failed"})
    void anAttemptThatCameToNothingKeepsTheRetryDistanceOnly(ActionOutcome outcome) {
        fixture.past(Duration.ofMinutes(4), outcome);
        fixture.assertRefused(GateRefusal.RetryingLater, NOW.plus(Duration.ofMinutes(1)))
                .contains(outcome.name());

        fixture.now = NOW.plus(Duration.ofMinutes(1));
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void attemptsAndPodsThatWereGoneDoNotCountForTheDay() {
        for (int i = 1; i <= 4; i++) {
            fixture.past(Duration.ofHours(i), ActionOutcome.BlockedByBudget);
            fixture.past(Duration.ofMinutes(i), ActionOutcome.Gone);
        }

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void theDayIsAnyTwentyFourHours() {
        fixture.past(Duration.ofHours(2), ActionOutcome.Evicted);
        fixture.past(Duration.ofHours(23), ActionOutcome.Evicted);
        fixture.past(Duration.ofHours(24), ActionOutcome.Evicted);
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);

        fixture.past(Duration.ofHours(5), ActionOutcome.Unanswered);
        fixture.assertRefused(GateRefusal.DailyLimit, NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void whenTheDayHadTooManyItWaitsUntilEnoughAreOld() {
        fixture.maxPerDay = 1;
        fixture.past(Duration.ofHours(10), ActionOutcome.Evicted);
        fixture.past(Duration.ofHours(2), ActionOutcome.Evicted);

        fixture.assertRefused(GateRefusal.DailyLimit, NOW.plus(Duration.ofHours(22)));
    }

    @Test
    void theFirstRefusalInTheStatedOrderStands() {
        List<Consumer<GateFixture>> spoil = List.of(
                f -> f.pods.remove(1),
                f -> f.maxPerDay = 1,
                f -> f.past(Duration.ofMinutes(1), ActionOutcome.Evicted),
                f -> f.windows = List.of(RestartWindow.parse(List.of("Sun"), "01:00", "02:00", "UTC")),
                f -> f.controllerKind = "Job",
                f -> f.pods.set(0, new PodView("uid-0", NOW.minusSeconds(60), true, true, null, false)),
                f -> f.state = State.Suspect,
                f -> f.verdict = Verdict.Churn);
        List<GateRefusal> seen = spoil.stream()
                .map(one -> {
                    one.accept(fixture);
                    return fixture.decide() instanceof Refused refused ? refused.reason() : null;
                })
                .toList();

        assertThat(seen)
                .containsExactly(
                        GateRefusal.TooManyUnavailable,
                        GateRefusal.TooManyUnavailable,
                        GateRefusal.CoolingDown,
                        GateRefusal.OutsideWindow,
                        GateRefusal.JobPod,
                        GateRefusal.PodTerminating,
                        GateRefusal.NotConfirmed,
                        GateRefusal.RestartDoesNotHelp);
    }

    @Test
    void whenAskedAgainAtTheTimeItNamedThatCheckPasses() {
        fixture.windows = List.of(RestartWindow.parse(List.of("Mon-Fri"), "22:00", "05:00", "Europe/Berlin"));
        fixture.past(Duration.ofMinutes(1), ActionOutcome.Intended);
        fixture.past(Duration.ofHours(3), ActionOutcome.Evicted);
        fixture.past(Duration.ofHours(4), ActionOutcome.Evicted);

        int asked = 0;
        while (fixture.decide() instanceof Refused refused && asked++ < 20) {
            assertThat(refused.askAgainAt()).isAfter(fixture.now);
            fixture.now = refused.askAgainAt();
        }

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
        // The third act of the day is that of 08:00Z, so the next day at 08:00Z is free, but the window opens at
        // 21:00Z.
        assertThat(fixture.now).isEqualTo(Instant.parse("2026-11-24T21:00:00Z"));
    }
}
