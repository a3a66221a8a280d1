package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.MemoryReport;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.security.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The MemoryReports in the cluster. A report is written when it says something new, and otherwise only so often that an operator that dies loses
 * little: thousands of pods would write all day.
 */
@ApplicationScoped
public class ReportStore {

    /** A checkpoint is written after this many samples, within the two bounds below. */
    static final int SAMPLES_BETWEEN_CHECKPOINTS = 30;

    static final Duration LEAST_BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);
    static final Duration MOST_BETWEEN_CHECKPOINTS = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(ReportStore.class);

    private final KubernetesClient client;
    private final PodWatch podWatch;
    private final Clock clock;
    private final Map<PodKey, Written> written = new ConcurrentHashMap<>();
    private final Map<PodKey, MemoryReport> found = new ConcurrentHashMap<>();

    ReportStore(KubernetesClient client, PodWatch podWatch, Clock clock) {
        this.client = client;
        this.podWatch = podWatch;
        this.clock = clock;
    }

    /** Reads what an earlier leader left. */
    void load() {
        found.clear();
        written.clear();
        for (MemoryReport report : list()) {
            MemoryReportStatus status = report.getStatus();
            if (status != null) {
                found.put(
                        new PodKey(
                                report.getMetadata().getNamespace(),
                                report.getMetadata().getName(),
                                status.podUid()),
                        report);
            }
        }
        LOG.infof("Found %d memory reports to go on from", found.size());
    }

    /** Deletes what was found and belongs to none of the followed pods. */
    void deleteAllBut(Set<PodKey> followed) {
        found.keySet().stream()
                .filter(key -> podWatch.synced(key.namespace()) && !followed.contains(key))
                .toList()
                .forEach(this::delete);
    }

    /** What an earlier operator left of a pod; each is empty when there is nothing that can be used. */
    record Left(Map<String, ContainerCheckpoint> checkpoints, List<Finding> findings) {}

    /** Hands out once what an earlier operator left of a pod. */
    Left takeLeft(PodKey pod) {
        MemoryReport report = found.remove(pod);
        if (report == null) {
            return new Left(Map.of(), List.of());
        }
        MemoryReportStatus status = report.getStatus();
        return new Left(
                status.checkpoint() == null ? Map.of() : Checkpoints.decode(pod, status.checkpoint()),
                FindingReports.read(status.findings()));
    }

    /** Writes the report of a pod if there is a reason to. */
    void save(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        Written last = written.get(monitor.key());
        List<Finding> findings = monitor.findings().findings();
        String gist = ReportFactory.gist(monitor.view()) + FindingReports.gist(findings);
        Instant now = clock.instant();
        if (last != null && last.gist().equals(gist) && now.isBefore(last.at().plus(distance(plan)))) {
            return;
        }
        MemoryReportStatus status =
                ReportFactory.status(plan, monitor.view(), findings, Checkpoints.encode(monitor.checkpoints()));
        try {
            MemoryReport report = report(pod, status);
            if (last == null) {
                client.resource(report).patch(ServerSide.APPLY);
            }
            client.resource(report).subresource("status").patch(ServerSide.APPLY, report);
            written.put(monitor.key(), new Written(gist, now));
        } catch (KubernetesClientException refused) {
            written.remove(monitor.key());
            LOG.debugf("Could not write the report of %s: %s", monitor.key(), refused.getMessage());
        }
    }

    void delete(PodKey pod) {
        written.remove(pod);
        found.remove(pod);
        try {
            client.resources(MemoryReport.class)
                    .inNamespace(pod.namespace())
                    .withName(pod.name())
                    .delete();
        } catch (KubernetesClientException refused) {
            LOG.warnf("Could not delete the report of %s: %s", pod, refused.getMessage());
        }
    }

    private List<MemoryReport> list() {
        return podWatch.namespaces().stream()
                .flatMap(namespace -> (namespace.isEmpty()
                                ? client.resources(MemoryReport.class).inAnyNamespace()
                                : client.resources(MemoryReport.class).inNamespace(namespace))
                        .list().getItems().stream())
                .toList();
    }

    private static MemoryReport report(Pod pod, MemoryReportStatus status) {
        MemoryReport report = new MemoryReport();
        report.getMetadata().setNamespace(pod.getMetadata().getNamespace());
        report.getMetadata().setName(pod.getMetadata().getName());
        report.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .build()));
        report.setStatus(status);
        return report;
    }

    private static Duration distance(PolicyPlan plan) {
        Duration wished = plan.interval().multipliedBy(SAMPLES_BETWEEN_CHECKPOINTS);
        if (wished.compareTo(LEAST_BETWEEN_CHECKPOINTS) < 0) {
            return LEAST_BETWEEN_CHECKPOINTS;
        }
        return wished.compareTo(MOST_BETWEEN_CHECKPOINTS) > 0 ? MOST_BETWEEN_CHECKPOINTS : wished;
    }

    private record Written(String gist, Instant at) {}
}
