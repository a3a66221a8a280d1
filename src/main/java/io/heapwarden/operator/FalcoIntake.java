package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.falco.FalcoEvent;
import io.heapwarden.security.falco.FalcoObservations;
import io.heapwarden.security.falco.FalcoRules;
import io.heapwarden.security.falco.PodEventHandler;
import io.heapwarden.security.falco.RunningPod;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Makes findings of the events that the pod's policy selects. The queue's thread only looks up and counts; what follows from a new finding writes to the API
 * server, so each has a virtual thread of its own.
 */
@ApplicationScoped
public class FalcoIntake implements PodEventHandler {

    private static final Logger LOG = Logger.getLogger(FalcoIntake.class);

    private final Monitors monitors;
    private final PodWatch podWatch;
    private final FindingIntake findings;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("falco-finding-", 0).factory());

    FalcoIntake(Monitors monitors, PodWatch podWatch, FindingIntake findings) {
        this.monitors = monitors;
        this.podWatch = podWatch;
        this.findings = findings;
    }

    @Override
    public void handle(RunningPod running, String container, FalcoEvent event) {
        PodMonitor monitor = monitors.of(new PodKey(running.namespace(), running.name(), running.uid()));
        if (monitor == null || !selects(monitor.plan(), event) || !covers(monitor.plan(), container)) {
            return;
        }
        findings.take(monitor, FalcoObservations.of(event, container), event.time())
                .ifPresent(begun -> threads.execute(() -> respond(monitor, begun)));
    }

    private void respond(PodMonitor monitor, FindingIntake.Begun begun) {
        try {
            Pod pod = podWatch.get(monitor.key().namespace(), monitor.key().name());
            if (pod != null && PodKey.of(pod).equals(monitor.key())) {
                findings.respond(pod, monitor, begun);
            }
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Could not respond to a Falco event of %s", monitor.key());
        }
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

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
