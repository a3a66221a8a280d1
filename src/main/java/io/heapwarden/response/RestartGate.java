package io.heapwarden.response;

import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import java.time.Duration;
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

    /** An intent without an outcome is older than this only if the operator that wrote it is no longer at it. */
    public static final Duration INTENT_PENDING = Duration.ofMinutes(2);

    /** One check: null lets the proposal through. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Refused refuse(GateQuestion question);
    }

    private static final List<Check> CHECKS = List.of(
            PodChecks::restartHelps,
            PodChecks::leakIsConfirmed,
            PodChecks::verdictIsCertainEnough,
            PodChecks::podStands,
            PodChecks::controllerReplacesIt,
            WorkloadChecks::podIsOfTheRevision,
            WorkloadChecks::nodeStays,
            WorkloadChecks::nothingChanges,
            WorkloadChecks::rolloutReplacesIt,
            PaceChecks::windowIsOpen,
            PaceChecks::noIntentIsPending,
            PaceChecks::cooldownIsOver,
            PaceChecks::restartsHelp,
            PaceChecks::retryDistanceIsKept,
            PaceChecks::dayHasRoom,
            PaceChecks::fleetHasRoom,
            AvailabilityChecks::lastReplacementIsReady,
            AvailabilityChecks::enoughStayAvailable,
            AvailabilityChecks::budgetsAllow);

    /** Decides about one restart. */
    public GateDecision decide(
            RestartProposal proposal, WorkloadView workload, RestartRules rules, RestartHistory history, Instant now) {
        GateQuestion question = GateQuestion.of(proposal, workload, rules, history, now);
        for (Check check : CHECKS) {
            Refused refused = check.refuse(question);
            if (refused != null) {
                return refused;
            }
        }
        boolean again = ReliefCheck.again(question);
        String what = "%s of %s (%s), restart %d of at most %d in 24h%s"
                .formatted(
                        proposal.pod(),
                        workload.name(),
                        proposal.cause().words(),
                        question.actsOfLastDay().size() + 1,
                        rules.maxPerDay(),
                        again ? ", although the last one brought little relief" : "");
        return rules.enforce()
                ? new Allowed(proposal.way().doing() + " " + what, again)
                : new DryRun("Would " + proposal.way().would() + " " + what
                        + "; the policy's mode is Observe, Enforce would let it happen");
    }
}
