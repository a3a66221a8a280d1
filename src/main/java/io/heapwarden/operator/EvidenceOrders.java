package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Subject;
import io.heapwarden.growth.Assessment;
import io.heapwarden.operator.evidence.EvidenceDesk;
import io.heapwarden.operator.evidence.EvidenceOrder;
import io.heapwarden.operator.evidence.EvidenceOrder.Reason;
import io.heapwarden.operator.evidence.EvidenceState;
import io.heapwarden.operator.evidence.EvidenceState.Collecting;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.Target;
import io.heapwarden.security.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders evidence of pods whose leak is confirmed, or of which something was found, and says whether a restart has to wait for it. */
@ApplicationScoped
public class EvidenceOrders {

    private final EvidenceDesk desk;
    private final Clock clock;

    EvidenceOrders(EvidenceDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Orders the evidence of the container that a finding is of, or else the pod's worst, once; whether it is still being collected. */
    boolean collecting(Pod pod, PolicyPlan plan, PodMonitor monitor, Finding finding) {
        String named = finding.key().container();
        ContainerView container = monitor.view().containers().stream()
                .filter(one -> one.container().equals(named))
                .findFirst()
                .or(monitor.view()::worst)
                .orElse(null);
        if (container == null) {
            return false;
        }
        JvmReading reading = container.reading();
        Target target = monitor.target(container.container());
        if (reading == null || target == null) {
            return false;
        }
        Judgement judgement = Judgement.of(
                container.state(),
                container.verdict(),
                container.confidence(),
                "%s finding, %s: %s"
                        .formatted(
                                finding.severity(),
                                finding.key().rule(),
                                finding.observation().message()));
        return collecting(
                monitor,
                Reason.Finding,
                () -> order(
                        pod, plan, monitor, target, judgement, finding.key().rule(), container.assessment(), reading));
    }

    /** Orders the evidence of a pod's worst container, once; whether it is still being collected. */
    boolean collecting(Pod pod, PolicyPlan plan, PodMonitor monitor, ContainerView container) {
        Assessment assessment = container.assessment();
        JvmReading reading = container.reading();
        Target target = monitor.target(container.container());
        if (!container.state().confirmed() || assessment == null || reading == null || target == null) {
            return false;
        }
        Judgement judgement = Judgement.of(assessment, clock.instant());
        return collecting(
                monitor, Reason.Growth, () -> order(pod, plan, monitor, target, judgement, null, assessment, reading));
    }

    private boolean collecting(PodMonitor monitor, Reason reason, Supplier<EvidenceOrder> order) {
        EvidenceState state = desk.of(monitor.key().uid(), reason).orElseGet(() -> desk.order(order.get()));
        if (state instanceof Done done) {
            monitor.evidence(done);
        }
        return state instanceof Collecting;
    }

    /** Where the evidence of a pod is, that of its growth before that of its findings; null when there is none. */
    @Nullable
    String location(String podUid) {
        String ofGrowth = location(podUid, Reason.Growth);
        return ofGrowth == null ? location(podUid, Reason.Finding) : ofGrowth;
    }

    private @Nullable String location(String podUid, Reason reason) {
        return desk.of(podUid, reason)
                .flatMap(state -> state instanceof Done done ? Optional.ofNullable(done.stored()) : Optional.empty())
                .map(stored -> stored.location())
                .orElse(null);
    }

    private EvidenceOrder order(
            Pod pod,
            PolicyPlan plan,
            PodMonitor monitor,
            Target target,
            Judgement judgement,
            @Nullable String finding,
            @Nullable Assessment assessment,
            JvmReading reading) {
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
                finding,
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
