package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Subject;
import io.heapwarden.growth.Assessment;
import io.heapwarden.operator.evidence.EvidenceDesk;
import io.heapwarden.operator.evidence.EvidenceOrder;
import io.heapwarden.operator.evidence.EvidenceState;
import io.heapwarden.operator.evidence.EvidenceState.Collecting;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Orders evidence of pods whose leak is confirmed, and says whether a restart has to wait for it. */
@ApplicationScoped
public class EvidenceOrders {

    private final EvidenceDesk desk;
    private final Clock clock;

    EvidenceOrders(EvidenceDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Orders the evidence of a pod's worst container, once; whether it is still being collected. */
    boolean collecting(Pod pod, PolicyPlan plan, PodMonitor monitor, ContainerView container) {
        Assessment assessment = container.assessment();
        JvmReading reading = container.reading();
        Target target = monitor.target(container.container());
        if (!container.state().confirmed() || assessment == null || reading == null || target == null) {
            return false;
        }
        EvidenceState state = desk.of(monitor.key().uid())
                .orElseGet(() -> desk.order(order(pod, plan, monitor, target, assessment, reading)));
        if (state instanceof Done done) {
            monitor.evidence(done);
        }
        return state instanceof Collecting;
    }

    /** Where the evidence of a pod is; null when there is none. */
    @Nullable
    String location(String podUid) {
        return desk.of(podUid)
                .flatMap(state -> state instanceof Done done ? Optional.ofNullable(done.stored()) : Optional.empty())
                .map(stored -> stored.location())
                .orElse(null);
    }

    private EvidenceOrder order(
            Pod pod, PolicyPlan plan, PodMonitor monitor, Target target, Assessment assessment, JvmReading reading) {
        Instant now = clock.instant();
        Judgement judgement = Judgement.of(assessment, now);
        Workload workload = Workload.of(pod);
        return new EvidenceOrder(
                target,
                new Subject(
                        target.namespace(),
                        target.pod(),
                        target.podUid(),
                        target.container(),
                        workload.toString(),
                        workload.revision(),
                        pod.getSpec().getNodeName(),
                        image(pod, target.container())),
                plan.key().toString(),
                plan.channels(),
                plan.evidence(),
                judgement,
                monitor.floors(target.container()).floor(assessment, judgement.exhaustion()),
                reading);
    }

    private static @Nullable String image(Pod pod, String container) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(container))
                .map(status -> status.getImage())
                .filter(image -> image != null)
                .findFirst()
                .orElse(null);
    }
}
