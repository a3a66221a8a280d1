package io.heapwarden.response;

import static io.heapwarden.response.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.WorkloadView.BudgetView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pod at a time, and never more missing than the policy allows. */
class RestartGateAvailabilityTest {

    private final GateFixture fixture = new GateFixture();

    @Test
    void oneAtATimeUntilTheReplacementIsReady() {
        fixture.maxUnavailable = MaxUnavailable.count(3);
        fixture.past(Duration.ofHours(1), ActionOutcome.Evicted);
        fixture.pods.remove(4);
        fixture.assertRefused(GateRefusal.ReplacementPending, null).contains("2026-11-23T11:00:00Z");

        fixture.pods.add(GateFixture.pod("uid-new", NOW.minus(Duration.ofMinutes(59)), false));
        fixture.assertRefused(GateRefusal.ReplacementPending, null);

        fixture.pods.set(4, GateFixture.pod("uid-new", NOW.minus(Duration.ofMinutes(59)), true));
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void anotherPodThatIsNotReadyDoesNotHideThatTheReplacementIs() {
        fixture.maxUnavailable = MaxUnavailable.count(3);
        fixture.past(Duration.ofHours(1), ActionOutcome.Evicted);
        fixture.pods.set(3, GateFixture.pod("uid-3", NOW.minus(Duration.ofDays(2)), false));
        fixture.pods.set(4, GateFixture.pod("uid-new", NOW.minus(Duration.ofHours(1)), true));

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void anEvictedPodThatIsStillThereIsWaitedFor() {
        fixture.history.add(new PastAction(
                NOW.minus(Duration.ofHours(1)), GateFixture.WORKLOAD, "uid-4", ActionOutcome.Evicted, false));

        fixture.assertRefused(GateRefusal.ReplacementPending, null);
    }

    @Test
    void anActOfUnknownOutcomeWhosePodStandsDidNotHappen() {
        fixture.history.add(new PastAction(
                NOW.minus(Duration.ofHours(1)), GateFixture.WORKLOAD, "uid-4", ActionOutcome.Unanswered, false));

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest(name = "{0}: {1} of {2} may be unavailable")
    @CsvSource({"20%,1,5", "20%,1,9", "20%,2,10", "20%,1,1", "50%,2,5", "100%,5,5", "1,1,5", "3,3,5", "9,9,5"})
    void asManyAsMaxUnavailableMayBeMissing(String maxUnavailable, int most, int desired) {
        fixture.maxUnavailable = MaxUnavailable.parse(maxUnavailable);
        fixture.desired = desired;
        int missing = Math.min(most, desired) - 1;
        stand(desired - missing);
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);

        if (most < desired) {
            stand(desired - missing - 1);
            fixture.assertRefused(GateRefusal.TooManyUnavailable, null).contains("maxUnavailable " + maxUnavailable);
        }
    }

    @Test
    void aLeakingPodThatIsNotReadyTakesNothingAway() {
        fixture.pods.set(0, GateFixture.pod("uid-0", NOW.minus(Duration.ofDays(2)), false));
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);

        fixture.pods.set(1, GateFixture.pod("uid-1", NOW.minus(Duration.ofDays(2)), false));
        fixture.assertRefused(GateRefusal.TooManyUnavailable, null);
    }

    @Test
    void aRolloutThatBringsTheNewPodFirstTakesNothingAway() {
        fixture.maxUnavailable = MaxUnavailable.parse("1");
        stand(4);
        fixture.assertRefused(GateRefusal.TooManyUnavailable, null);

        fixture.way = RestartWay.RolloutRestart;
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void aDisruptionBudgetThatAllowsNothingIsReadBeforeItIsTried() {
        fixture.budgets = List.of(new BudgetView("web", 2, 5, 3), new BudgetView("checkout", 0, 3, 3));
        fixture.assertRefused(GateRefusal.DisruptionBudget, null)
                .isEqualTo(
                        "The PodDisruptionBudget checkout allows no eviction now: 3 of its pods are healthy and 3 have to be");

        fixture.way = RestartWay.RolloutRestart;
        assertThat(fixture.decide()).as("a rollout asks no budget").isInstanceOf(Allowed.class);
    }

    /** Lets this many pods serve, the leaking one among them. */
    private void stand(int pods) {
        fixture.pods.clear();
        for (int i = 0; i < pods; i++) {
            fixture.pods.add(GateFixture.pod("uid-" + i, NOW.minus(Duration.ofDays(2)), true));
        }
    }
}
