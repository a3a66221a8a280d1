package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.operator.ReportStore.Left;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pods that are followed. */
@ApplicationScoped
public class Monitors {

    /** Of a pod that is not scheduled yet. */
    private static final String NO_NODE = "";

    private final Map<PodKey, PodMonitor> byPod = new ConcurrentHashMap<>();
    private final ProbeChoice probes;
    private final PodWatch podWatch;
    private final SamplingSchedule schedule;
    private final SecurityTurn security;
    private final Publisher publisher;
    private final ReportStore reports;
    private final WorkloadBook book;
    private final OperatorMetrics metrics;
    private final Clock clock;

    Monitors(
            ProbeChoice probes,
            PodWatch podWatch,
            SamplingSchedule schedule,
            SecurityTurn security,
            Publisher publisher,
            ReportStore reports,
            WorkloadBook book,
            OperatorMetrics metrics,
            Clock clock) {
        this.probes = probes;
        this.podWatch = podWatch;
        this.schedule = schedule;
        this.security = security;
        this.publisher = publisher;
        this.reports = reports;
        this.book = book;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Begins to follow a pod, or goes on under a changed policy. */
    void follow(Pod pod, PolicyPlan plan) {
        PodMonitor monitor = byPod.computeIfAbsent(PodKey.of(pod), key -> begin(pod, plan, key));
        monitor.follow(plan);
        String node = Objects.requireNonNullElse(pod.getSpec().getNodeName(), NO_NODE);
        schedule.put(monitor.key().uid(), node, plan.interval(), monitor::turn);
    }

    private PodMonitor begin(Pod pod, PolicyPlan plan, PodKey key) {
        Left left = reports.takeLeft(key);
        PodMonitor monitor = new PodMonitor(
                pod, plan, left.checkpoints(), probes, podWatch, security, publisher, book, metrics, clock);
        monitor.findings().restore(left.findings());
        return monitor;
    }

    /** Lets go of every pod that is not among the wanted, and takes back what was written about it. */
    void endAllBut(Set<PodKey> wanted) {
        byPod.values().stream()
                .filter(monitor -> !wanted.contains(monitor.key()))
                .toList()
                .forEach(this::end);
    }

    List<PodMonitor> of(PolicyKey policy) {
        return byPod.values().stream()
                .filter(monitor -> monitor.plan().key().equals(policy))
                .toList();
    }

    /** Null when the pod is not followed. */
    @Nullable
    PodMonitor of(PodKey pod) {
        return byPod.get(pod);
    }

    /** Name of the policy that a pod is followed for; empty when it is not followed. */
    String policyOf(PodKey pod) {
        PodMonitor monitor = byPod.get(pod);
        return monitor == null ? "" : monitor.plan().key().name();
    }

    private void end(PodMonitor monitor) {
        schedule.remove(monitor.key().uid());
        monitor.end();
        byPod.remove(monitor.key());
        monitor.bequeath();
        publisher.takeBack(monitor);
    }
}
