package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.refused;

import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.RestartCause.Growth;
import io.heapwarden.response.RestartCause.SecurityFinding;
import io.heapwarden.response.WorkloadView.PodView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this pod may be restarted at all. */
final class PodChecks {

    private static final double PERCENT = 100;

    private PodChecks() {}

    static @Nullable Refused restartHelps(GateQuestion question) {
        return switch (question.proposal().cause()) {
            case Growth growth ->
                growth.verdict().restartHelps()
                        ? null
                        : refused(
                                GateRefusal.RestartDoesNotHelp,
                                null,
                                "A restart does not help against %s",
                                growth.verdict());
            case SecurityFinding finding ->
                finding.restartHelps()
                        ? null
                        : refused(
                                GateRefusal.RestartDoesNotHelp,
                                null,
                                "A restart does not help against %s: a new pod would show it again",
                                finding.rule());
        };
    }

    static @Nullable Refused leakIsConfirmed(GateQuestion question) {
        return question.proposal().cause() instanceof Growth growth
                        && !growth.state().confirmed()
                ? refused(
                        GateRefusal.NotConfirmed,
                        null,
                        "The pod is %s; only a confirmed leak (Leaking or Critical) is restarted",
                        growth.state())
                : null;
    }

    static @Nullable Refused verdictIsCertainEnough(GateQuestion question) {
        return question.proposal().cause() instanceof Growth growth
                        && growth.confidence() < question.rules().minConfidence()
                ? refused(
                        GateRefusal.NotConfident,
                        null,
                        "%s is %d %% certain and minConfidence asks for %d %%",
                        growth.verdict(),
                        Math.round(growth.confidence() * PERCENT),
                        Math.round(question.rules().minConfidence() * PERCENT))
                : null;
    }

    static @Nullable Refused podStands(GateQuestion question) {
        PodIdentity identity = question.proposal().pod();
        Optional<PodView> pod = question.workload().pod(identity.uid());
        if (pod.isEmpty()) {
            return refused(
                    GateRefusal.PodGone,
                    null,
                    "The pod %s that was judged (uid %s) is no longer there",
                    identity,
                    identity.uid());
        }
        return pod.get().terminating()
                ? refused(GateRefusal.PodTerminating, null, "The pod %s is being deleted already", identity)
                : null;
    }

    static @Nullable Refused controllerReplacesIt(GateQuestion question) {
        PodIdentity pod = question.proposal().pod();
        String kind = question.workload().controllerKind();
        if ("Node".equals(kind)) {
            return refused(
                    GateRefusal.StaticPod,
                    null,
                    "The pod %s is run by the kubelet from a file on its node; an eviction would restart nothing",
                    pod);
        }
        if (question.proposal().askedByName()) {
            return null;
        }
        if (kind == null) {
            return refused(
                    GateRefusal.NoController,
                    null,
                    "The pod %s has no controller: nothing would bring it back, so only a person may delete it",
                    pod);
        }
        return kind.equals("Job")
                ? refused(
                        GateRefusal.JobPod,
                        null,
                        "The pod %s belongs to a Job: its work would be lost, so only a person may delete it",
                        pod)
                : null;
    }
}
