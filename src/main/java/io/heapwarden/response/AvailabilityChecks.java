package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.refused;
import static io.heapwarden.response.GateQuestion.spelled;

import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.WorkloadView.PodView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the workload can do without the pod. */
final class AvailabilityChecks {

    private AvailabilityChecks() {}

    static @Nullable Refused lastReplacementIsReady(GateQuestion question) {
        return question.actsOfLastDay().stream()
                .filter(act -> !settled(act, question))
                .findFirst()
                .map(act -> refused(
                        GateRefusal.ReplacementPending,
                        null,
                        "The pod that replaces the one evicted at %s is not Ready; %s is restarted one pod at a time",
                        spelled(act.at()),
                        question.workload().name()))
                .orElse(null);
    }

    static @Nullable Refused enoughStayAvailable(GateQuestion question) {
        WorkloadView workload = question.workload();
        int most = question.rules().maxUnavailable().of(workload.desired());
        boolean serves = workload.pod(question.proposal().pod().uid())
                .map(PodView::serves)
                .orElse(false);
        // A pod that does not serve is counted as unavailable already; restarting it takes nothing away.
        // Nor does a rollout that brings the new pod first.
        boolean replacedFirst = question.proposal().way() == RestartWay.RolloutRestart
                && workload.update().surges();
        int after = workload.unavailable() + (serves && !replacedFirst ? 1 : 0);
        return after <= most
                ? null
                : refused(
                        GateRefusal.TooManyUnavailable,
                        null,
                        "%d of the %d pods of %s would be missing or not Ready; maxUnavailable %s allows %d",
                        after,
                        workload.desired(),
                        workload.name(),
                        question.rules().maxUnavailable(),
                        most);
    }

    static @Nullable Refused budgetsAllow(GateQuestion question) {
        // A rollout asks no budget; it has the workload's own maxUnavailable.
        if (question.proposal().way() != RestartWay.Evict) {
            return null;
        }
        return question.workload().budgets().stream()
                .filter(budget -> budget.disruptionsAllowed() < 1)
                .findFirst()
                .map(budget -> refused(
                        GateRefusal.DisruptionBudget,
                        null,
                        "The PodDisruptionBudget %s allows no eviction now: %d of its pods are healthy and %d have to be",
                        budget.name(),
                        budget.healthy(),
                        budget.needed()))
                .orElse(null);
    }

    /** Whether an act has left nothing open: the pod is gone and something Ready stands in its place. */
    private static boolean settled(PastAction act, GateQuestion question) {
        WorkloadView workload = question.workload();
        Optional<PodView> pod = workload.pod(act.podUid());
        if (pod.isPresent()) {
            // Only an act whose outcome was never known may turn out not to have happened.
            return !act.outcome().known() && !pod.get().terminating();
        }
        // The API server gives creation times in whole seconds.
        Instant since = act.at().truncatedTo(ChronoUnit.SECONDS);
        return workload.unavailable() == 0
                || workload.pods().stream()
                        .anyMatch(other -> other.serves() && !other.createdAt().isBefore(since));
    }
}
