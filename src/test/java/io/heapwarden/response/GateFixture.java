package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.RestartHistory.Entry;
import io.heapwarden.response.WorkloadView.BudgetView;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.response.WorkloadView.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;

/** A leaking pod of a Deployment of five, all Ready, whose policy enforces: everything the gate lets through. */
final class GateFixture {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String WORKLOAD = "Deployment/checkout";
    static final PodIdentity LEAKING = new PodIdentity("shop", "checkout-6c9-x2k", "uid-0");

    Verdict verdict = Verdict.RetentionLeak;
    State state = State.Critical;
    double confidence = 0.9;
    RestartCause.SecurityFinding finding;
    RestartWay way = RestartWay.Evict;
    boolean askedByName;
    String controllerKind = "ReplicaSet";
    int desired = 5;
    Update update = new Update(null, false, true, true, null);
    List<BudgetView> budgets = List.of();
    List<PodView> pods = new ArrayList<>();
    boolean enforce = true;
    Duration cooldown = Duration.ofMinutes(30);
    Duration leastRelief = Duration.ofHours(1);
    int maxPerDay = 3;
    MaxUnavailable maxUnavailable = MaxUnavailable.percent(20);
    List<RestartWindow> windows = List.of();
    List<PastAction> history = new ArrayList<>();
    List<Entry> elsewhere = new ArrayList<>();
    Instant now = NOW;

    GateFixture() {
        for (int i = 0; i < 5; i++) {
            pods.add(pod("uid-" + i, NOW.minus(Duration.ofDays(2)), true));
        }
    }

    static PodView pod(String uid, Instant createdAt, boolean ready) {
        return new PodView(uid, createdAt, ready, false, null, false);
    }

    /** Adds something done to a pod that is long gone and replaced. */
    GateFixture past(Duration ago, ActionOutcome outcome) {
        return past(ago, outcome, false);
    }

    GateFixture past(Duration ago, ActionOutcome outcome, boolean again) {
        history.add(new PastAction(now.minus(ago), WORKLOAD, "uid-of-" + ago, outcome, again));
        return this;
    }

    /** Adds an act on another workload, as of another policy. */
    GateFixture elsewhere(Duration ago, String namespace) {
        elsewhere.add(new Entry(
                namespace,
                new PastAction(now.minus(ago), "Deployment/cart", "uid-of-cart", ActionOutcome.Evicted, false)));
        return this;
    }

    RestartRules rules() {
        return new RestartRules(
                enforce,
                RestartRules.DEFAULT_MIN_CONFIDENCE,
                cooldown,
                leastRelief,
                maxPerDay,
                maxUnavailable,
                windows,
                RestartRules.DEFAULT_RETRY_AFTER,
                RestartRules.DEFAULT_BETWEEN_ANY);
    }

    private RestartCause cause() {
        return finding == null ? new RestartCause.Growth(verdict, state, confidence) : finding;
    }

    GateDecision decide() {
        return new RestartGate()
                .decide(
                        new RestartProposal(LEAKING, cause(), way, askedByName),
                        new WorkloadView(WORKLOAD, controllerKind, desired, update, pods, budgets),
                        rules(),
                        new RestartHistory(Stream.concat(
                                        elsewhere.stream(),
                                        history.stream().map(action -> new Entry(LEAKING.namespace(), action)))
                                .toList()),
                        now);
    }

    /** Refused for this reason and until this time; goes on with the sentence. */
    AbstractStringAssert<?> assertRefused(GateRefusal reason, Instant askAgainAt) {
        GateDecision decision = decide();
        assertThat(decision).isInstanceOf(GateDecision.Refused.class);
        GateDecision.Refused refused = (GateDecision.Refused) decision;
        assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
        assertThat(refused.askAgainAt()).isEqualTo(askAgainAt);
        return assertThat(refused.sentence());
    }
}
