package io.heapwarden.operator;

import io.heapwarden.security.falco.FalcoEvent;
import io.heapwarden.security.falco.FalcoObservations;
import io.heapwarden.security.falco.FalcoRules;
import io.heapwarden.security.falco.PodEventHandler;
import io.heapwarden.security.falco.RunningPod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Makes findings of the events that the pod's policy selects. All by the queue's own thread: what writes to the API server is only asked for. */
@ApplicationScoped
public class FalcoIntake implements PodEventHandler {

    private final Monitors monitors;
    private final FindingIntake findings;

    FalcoIntake(Monitors monitors, FindingIntake findings) {
        this.monitors = monitors;
        this.findings = findings;
    }

    @Override
    public void handle(RunningPod running, String container, FalcoEvent event) {
        PodMonitor monitor = monitors.of(new PodKey(running.namespace(), running.name(), running.uid()));
        if (monitor == null || !selects(monitor.plan(), event) || !covers(monitor.plan(), container)) {
            return;
        }
        findings.take(monitor, FalcoObservations.of(event, container), event.time());
    }

    private static boolean selects(PolicyPlan plan, FalcoEvent event) {
        return plan.security()
                .falco()
                .map(falco -> new FalcoRules(
                                falco.minPriority(),
                                Optional.ofNullable(falco.rules())
                                        .map(Set::copyOf)
                                        .orElse(Set.of()))
                        .select(event))
                .orElse(false);
    }

    /** An event of which the container is not known is one of the pod. */
    private static boolean covers(PolicyPlan plan, String container) {
        return container.isEmpty() || plan.covers(container);
    }
}
