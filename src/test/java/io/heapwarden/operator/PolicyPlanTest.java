package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Sampling;
import io.heapwarden.api.Sampling.Histogram;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.response.RestartRules;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyPlanTest {

    private static final Instant NOW = MovableClock.START;
    private static final Instant LONG_AGO = Instant.EPOCH;

    @Test
    void aPolicyWithOnlyASelectorIsUseful() {
        PolicyPlan plan = Shop.plan();

        assertThat(plan.key()).isEqualTo(new PolicyKey(Shop.NAMESPACE, Shop.POLICY));
        assertThat(plan.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plan.objectives()).containsExactly(GrowthObjective.NO_LEAK);
        assertThat(plan.enforces()).isFalse();
        assertThat(plan.restartRules()).isEqualTo(RestartRules.DEFAULT);
        assertThat(plan.maxPause()).isEqualTo(Duration.ofMillis(500));
        assertThat(plan.liveHistogram()).isFalse();
        assertThat(plan.covers("app")).isTrue();
        assertThat(plan.notSupported()).isEmpty();
        assertThat(plan.responseTo(Views.container(State.Suspect, Verdict.Unknown)))
                .isEmpty();
        assertThat(plan.responseTo(Views.container(State.Leaking, Verdict.RetentionLeak)))
                .hasValueSatisfying(
                        response -> assertThat(response.actions()).containsExactly(Action.Annotate, Action.Event));
    }

    @Test
    void onlyEnforceEnforces() {
        assertThat(PolicyPlan.of(Shop.restarting(Mode.Enforce)).enforces()).isTrue();
        assertThat(PolicyPlan.of(Shop.restarting(Mode.Observe)).enforces()).isFalse();
    }

    @Test
    void onSuspicionAHistogramIsDueWhenItIsWanted() {
        PolicyPlan plan = histograms(Histogram.When.OnSuspicion);

        assertThat(plan.histogramDue(false, LONG_AGO, NOW)).isFalse();
        assertThat(plan.histogramDue(true, LONG_AGO, NOW)).isTrue();
    }

    @Test
    void periodicallyAHistogramIsDueWhetherItIsWantedOrNot() {
        assertThat(histograms(Histogram.When.Periodic).histogramDue(false, LONG_AGO, NOW))
                .isTrue();
    }

    @Test
    void neverIsNever() {
        assertThat(histograms(Histogram.When.Never).histogramDue(true, LONG_AGO, NOW))
                .isFalse();
    }

    @Test
    void theLeastDistanceHoldsForEveryMode() {
        for (Histogram.When when : Histogram.When.values()) {
            assertThat(histograms(when).histogramDue(true, NOW.minusSeconds(299), NOW))
                    .as(when.name())
                    .isFalse();
        }
        assertThat(histograms(Histogram.When.Periodic).histogramDue(false, NOW.minusSeconds(300), NOW))
                .isTrue();
    }

    private static PolicyPlan histograms(Histogram.When when) {
        return PolicyPlan.of(Shop.policy(new Sampling(null, new Histogram(when, "5m", null, null), null)));
    }
}
