package io.heapwarden.response;

import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that lets a restart through. It knows nothing but what it is given, so that the same question always
 * has the same answer, whoever leads and however often the operator was restarted.
 *
 * <p>The checks are asked in the order of {@link GateRefusal} and the first refusal stands. Whether the policy only
 * observes is asked last, so that Observe refuses exactly what Enforce would refuse.
 */
public final class RestartGate {

    /** One check: null lets the proposal through. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Refused refuse(GateQuestion question);
    }

    private static final List<Check> CHECKS = List.of(
            PodChecks::restartHelps,
            PodChecks::leakIsConfirmed,
            PodChecks::podStands,
            PodChecks::controllerReplacesIt,
            PaceChecks::windowIsOpen,
            PaceChecks::noIntentIsPending,
            PaceChecks::cooldownIsOver,
            PaceChecks::retryDistanceIsKept,
            PaceChecks::dayHasRoom,
            AvailabilityChecks::lastReplacementIsReady,
            AvailabilityChecks::enoughStayAvailable);

    /**
     * Decides about one restart.
     *
     * @param history acts and attempts of at least the last 24 hours and the last cooldown; those of other workloads
     *     are passed over
     */
    public GateDecision decide(
            RestartProposal proposal,
            WorkloadView workload,
            RestartRules rules,
            List<PastAction> history,
            Instant now) {
        GateQuestion question = GateQuestion.of(proposal, workload, rules, history, now);
        for (Check check : CHECKS) {
            Refused refused = check.refuse(question);
            if (refused != null) {
                return refused;
            }
        }
        String what = "%s of %s (%s, %s), restart %d of at most %d in 24h"
                .formatted(
                        proposal.pod(),
                        workload.name(),
                        proposal.state(),
                        proposal.verdict(),
                        question.actsOfLastDay().size() + 1,
                        rules.maxPerDay());
        return rules.enforce()
                ? new Allowed("Evicting " + what)
                : new DryRun("Would evict " + what + "; the policy's mode is Observe, Enforce would let it happen");
    }
}
