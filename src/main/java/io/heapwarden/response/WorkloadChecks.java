package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.refused;

import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.response.WorkloadView.Update;
import org.jspecify.annotations.Nullable;

/** Whether somebody else is at work on the pod's workload, or its node, already. */
final class WorkloadChecks {

    private WorkloadChecks() {}

    static @Nullable Refused nodeStays(GateQuestion question) {
        return question.workload()
                        .pod(question.proposal().pod().uid())
                        .map(PodView::nodeDraining)
                        .orElse(false)
                ? refused(
                        GateRefusal.NodeDraining,
                        null,
                        "The node of %s takes no new pods, as while it is drained; the pod will be moved anyway",
                        question.proposal().pod())
                : null;
    }

    static @Nullable Refused nothingChanges(GateQuestion question) {
        WorkloadView workload = question.workload();
        String change = workload.update().change();
        return change == null
                ? null
                : refused(
                        workload.update().scaling() ? GateRefusal.ScalingInProgress : GateRefusal.RolloutInProgress,
                        null,
                        "%s is changing: %s; nothing is restarted until that is over",
                        workload.name(),
                        change);
    }

    static @Nullable Refused podIsOfTheRevision(GateQuestion question) {
        String now = question.workload().update().revision();
        String revision = question.workload()
                .pod(question.proposal().pod().uid())
                .map(PodView::revision)
                .orElse(null);
        return now == null || revision == null || revision.equals(now)
                ? null
                : refused(
                        GateRefusal.OldRevision,
                        null,
                        "The pod %s is of revision %s, and new pods of %s are of revision %s: the rollout of that comes first",
                        question.proposal().pod(),
                        revision,
                        question.workload().name(),
                        now);
    }

    static @Nullable Refused rolloutReplacesIt(GateQuestion question) {
        Update update = question.workload().update();
        return question.proposal().way() != RestartWay.RolloutRestart || update.rolls()
                ? null
                : refused(
                        GateRefusal.NothingRolls,
                        null,
                        "A changed pod template of %s replaces no pod by itself: its kind has no rollout, it is paused, or its update strategy is"
                                + " OnDelete. Use the strategy Evict",
                        question.workload().name());
    }
}
