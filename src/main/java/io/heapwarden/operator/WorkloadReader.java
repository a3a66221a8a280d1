package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.WorkloadView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a pod's workload at the moment a restart is considered: how many pods it wants, and how they are doing. */
@ApplicationScoped
public class WorkloadReader {

    private final KubernetesClient client;
    private final PodWatch podWatch;

    WorkloadReader(KubernetesClient client, PodWatch podWatch) {
        this.client = client;
        this.podWatch = podWatch;
    }

    WorkloadView read(Pod pod) {
        Workload workload = Workload.of(pod);
        List<WorkloadView.PodView> pods = podWatch.pods()
                .filter(other -> other.getMetadata()
                        .getNamespace()
                        .equals(pod.getMetadata().getNamespace()))
                .filter(other -> sameWorkload(workload, Workload.of(other)))
                .map(WorkloadReader::view)
                .toList();
        return new WorkloadView(
                workload.toString(),
                controllerKind(pod),
                desired(pod.getMetadata().getNamespace(), workload).orElse(pods.size()),
                pods);
    }

    private Optional<Integer> desired(String namespace, Workload workload) {
        return switch (workload.kind()) {
            case "Deployment" ->
                replicas(
                        client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get(),
                        deployment -> deployment.getSpec().getReplicas());
            case "ReplicaSet" ->
                replicas(
                        client.apps()
                                .replicaSets()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get(),
                        replicaSet -> replicaSet.getSpec().getReplicas());
            case "StatefulSet" ->
                replicas(
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get(),
                        statefulSet -> statefulSet.getSpec().getReplicas());
            case "DaemonSet" ->
                replicas(
                        client.apps()
                                .daemonSets()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get(),
                        daemonSet -> daemonSet.getStatus().getDesiredNumberScheduled());
            default -> Optional.empty();
        };
    }

    private static <T extends HasMetadata> Optional<Integer> replicas(
            @Nullable T workload, Function<T, @Nullable Integer> count) {
        return workload == null ? Optional.empty() : Optional.ofNullable(count.apply(workload));
    }

    private static boolean sameWorkload(Workload one, Workload other) {
        return one.kind().equals(other.kind()) && one.name().equals(other.name());
    }

    private static @Nullable String controllerKind(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getKind)
                .findFirst()
                .orElse(null);
    }

    private static WorkloadView.PodView view(Pod pod) {
        boolean ready = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return new WorkloadView.PodView(
                pod.getMetadata().getUid(),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                ready,
                pod.getMetadata().getDeletionTimestamp() != null);
    }
}
