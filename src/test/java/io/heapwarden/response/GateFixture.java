package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.WorkloadView.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;

/** A leaking pod of a Deployment of five, all Ready, whose policy enforces: everything the gate lets through. */
final class GateFixture {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final String WORKLOAD = "Deployment/checkout";
    static final PodIdentity LEAKING = new PodIdentity("shop", "checkout-6c9-x2k", "uid-0");

    Verdict verdict = Verdict.RetentionLeak;
    State state = State.Critical;
    boolean askedByName;
    String controllerKind = "ReplicaSet";
    int desired = 5;
    List<PodView> pods = new ArrayList<>();
    boolean enforce = true;
    Duration cooldown = Duration.ofMinutes(30);
    int maxPerDay = 3;
    MaxUnavailable maxUnavailable = MaxUnavailable.percent(20);
    List<RestartWindow> windows = List.of();
    List<PastAction> history = new ArrayList<>();
    Instant now = NOW;

    GateFixture() {
        for (int i = 0; i < 5; i++) {
            pods.add(pod("uid-" + i, NOW.minus(Duration.ofDays(2)), true));
        }
    }

    static PodView pod(String uid, Instant createdAt, boolean ready) {
        return new PodView(uid, createdAt, ready, false);
    }

    /** Adds something done to a pod that is long gone and replaced. */
    GateFixture past(Duration ago, ActionOutcome outcome) {
        history.add(new PastAction(now.minus(ago), WORKLOAD, "uid-of-" + ago, outcome));
        return this;
    }

    GateDecision decide() {
        return new RestartGate()
                .decide(
                        new RestartProposal(LEAKING, verdict, state, askedByName),
                        new WorkloadView(WORKLOAD, controllerKind, desired, pods),
                        new RestartRules(
                                enforce,
                                cooldown,
                                maxPerDay,
                                maxUnavailable,
                                windows,
                                RestartRules.DEFAULT_RETRY_AFTER),
                        history,
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
