package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.Response.Action;
import io.heapwarden.security.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Carries out what a policy says about a pod's security findings, beside what it says about its memory. */
@ApplicationScoped
public class FindingResponder {

    private final EvidenceOrders evidence;
    private final Restarter restarter;
    private final FindingNews news;

    FindingResponder(EvidenceOrders evidence, Restarter restarter, FindingNews news) {
        this.evidence = evidence;
        this.restarter = restarter;
        this.news = news;
    }

    /** What the pod should bear of its findings: the worst one of which a response says so. */
    static Map<String, String> annotations(PolicyPlan plan, PodMonitor monitor) {
        return with(Action.Annotate, plan, monitor).stream()
                .findFirst()
                .map(Annotations::of)
                .orElse(Map.of());
    }

    /**
     * Has evidence collected of the worst finding of which a response says so. Then restarts the pod if one says so of one of its findings; of several for the
     * worst that a restart cures. While evidence is being collected a restart of which the response asks for both waits for the pod's next turn.
     */
    void respond(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        boolean collecting = with(Action.Evidence, plan, monitor).stream()
                .findFirst()
                .map(finding -> evidence.collecting(pod, plan, monitor, finding))
                .orElse(false);
        restart(pod, plan, monitor, collecting);
        news.acted(plan, monitor);
        news.standing(plan, monitor);
    }

    /** The pod is not followed any more. */
    void gone(PolicyPlan plan, PodMonitor monitor) {
        news.gone(plan, monitor);
    }

    private void restart(Pod pod, PolicyPlan plan, PodMonitor monitor, boolean collecting) {
        List<Finding> reasons = with(Action.Restart, plan, monitor).stream()
                .filter(finding -> !collecting || !wants(Action.Evidence, plan, finding))
                .toList();
        reasons.stream()
                .filter(finding -> finding.observation().restartHelps())
                .findFirst()
                .or(() -> reasons.stream().findFirst())
                .ifPresent(finding -> restarter.propose(pod, plan, monitor, finding));
    }

    private static List<Finding> with(Action action, PolicyPlan plan, PodMonitor monitor) {
        return monitor.findings().findings().stream()
                .filter(finding -> wants(action, plan, finding))
                .toList();
    }

    private static boolean wants(Action action, PolicyPlan plan, Finding finding) {
        return plan.responseTo(finding)
                .filter(response -> response.actions().contains(action))
                .isPresent();
    }
}
