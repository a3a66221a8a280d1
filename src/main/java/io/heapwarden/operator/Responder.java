package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out what a policy says about a pod: the first response that matches its worst container, and the one that matches its worst finding. */
@ApplicationScoped
public class Responder {

    private final PodAnnotator annotator;
    private final StateEvents events;
    private final Restarter restarter;
    private final FindingResponder findings;
    private final PolicyCache policies;
    private final Trials trials;
    private final EvidenceOrders evidence;
    private final Notices notices;
    private final VerdictSpans verdicts;

    Responder(
            PodAnnotator annotator,
            StateEvents events,
            Restarter restarter,
            FindingResponder findings,
            PolicyCache policies,
            Trials trials,
            EvidenceOrders evidence,
            Notices notices,
            VerdictSpans verdicts) {
        this.annotator = annotator;
        this.events = events;
        this.restarter = restarter;
        this.findings = findings;
        this.policies = policies;
        this.trials = trials;
        this.evidence = evidence;
        this.notices = notices;
        this.verdicts = verdicts;
    }

    void respond(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        PodView view = monitor.view();
        verdicts.look(view, plan);
        policies.policy(plan.key())
                .ifPresent(policy -> trials.look(policy, pod, view.state().orElse(null)));
        Optional<ContainerView> worst = view.worst();
        List<Action> actions =
                worst.flatMap(plan::responseTo).map(Response::actions).orElse(List.of());
        annotate(pod, plan, monitor, actions);
        events.tell(pod, plan, monitor, actions.contains(Action.Event));
        notices.tell(plan, view, actions.contains(Action.Notify));
        boolean collecting = actions.contains(Action.Evidence)
                && worst.map(container -> evidence.collecting(pod, plan, monitor, container))
                        .orElse(false);
        if (actions.contains(Action.Restart) && !collecting) {
            worst.ifPresent(container -> restarter.propose(pod, plan, monitor, container));
        }
        findings.respond(pod, plan, monitor);
    }

    /** Has the pod bear what it should bear now. */
    void annotate(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        annotate(
                pod,
                plan,
                monitor,
                monitor.view()
                        .worst()
                        .flatMap(plan::responseTo)
                        .map(Response::actions)
                        .orElse(List.of()));
    }

    private void annotate(Pod pod, PolicyPlan plan, PodMonitor monitor, List<Action> actions) {
        Map<String, String> annotations = new TreeMap<>(FindingResponder.annotations(plan, monitor));
        annotations.putAll(actions.contains(Action.Annotate) ? monitor.steadyAnnotations() : Map.of());
        annotator.apply(pod, annotations);
    }

    /** The pod is not followed any more. */
    void gone(PolicyPlan plan, PodMonitor monitor) {
        notices.gone(plan, monitor.view());
        findings.gone(plan, monitor);
    }

    /** Brings the pod before the gate if one of its findings asks for it. */
    void actOnFindings(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        findings.respond(pod, plan, monitor);
    }
}
