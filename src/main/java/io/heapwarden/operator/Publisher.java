package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Makes known what is known of a pod, and takes it back when the pod is no longer followed. */
@ApplicationScoped
public class Publisher {

    private final Responder responder;
    private final ReportStore reports;
    private final PodAnnotator annotator;
    private final PodWatch podWatch;
    private final PolicyTrigger trigger;
    private final RegressionEvents regressions;
    private final ProbeEvents probes;

    Publisher(
            Responder responder,
            ReportStore reports,
            PodAnnotator annotator,
            PodWatch podWatch,
            PolicyTrigger trigger,
            RegressionEvents regressions,
            ProbeEvents probes) {
        this.responder = responder;
        this.reports = reports;
        this.annotator = annotator;
        this.podWatch = podWatch;
        this.trigger = trigger;
        this.regressions = regressions;
        this.probes = probes;
    }

    /** Called after each turn of a pod, by the turn's own thread. */
    void publish(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        monitor.publishing(() -> {
            reports.save(pod, plan, monitor);
            responder.respond(pod, plan, monitor);
            regressions.tell(pod, plan, monitor);
            probes.tell(pod, plan, monitor);
            trigger.pass(plan.key(), monitor);
        });
    }

    /** Has the pod bear what it should, between turns. */
    void annotate(Pod pod, PodMonitor monitor) {
        monitor.publishing(() -> responder.annotate(pod, monitor.plan(), monitor));
    }

    /** Brings the pod before the gate for its findings, between turns. */
    void act(Pod pod, PodMonitor monitor) {
        responder.actOnFindings(pod, monitor.plan(), monitor);
    }

    /** Has the report and the policy's status say what is known, between turns. */
    void report(Pod pod, PodMonitor monitor) {
        monitor.publishing(() -> {
            reports.save(pod, monitor.plan(), monitor);
            trigger.fire(monitor.plan().key());
        });
    }

    /** Called once when a pod is let go; no turn follows. */
    void takeBack(PodMonitor monitor) {
        PodKey key = monitor.key();
        reports.delete(key);
        responder.gone(monitor.plan(), monitor);
        trigger.fire(monitor.plan().key());
        Pod pod = podWatch.get(key);
        if (pod != null) {
            annotator.apply(pod, Map.of());
        }
    }
}
