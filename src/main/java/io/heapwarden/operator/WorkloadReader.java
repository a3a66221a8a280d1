package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.response.WorkloadView.BudgetView;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.response.WorkloadView.Update;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a pod's workload at the moment a restart is considered: how many pods it wants, how they are doing, and who else is at work on them. */
@ApplicationScoped
public class WorkloadReader {

    private static final String ROLLOUTS = "argoproj.io/v1alpha1";

    private final KubernetesClient client;
    private final PodWatch podWatch;

    WorkloadReader(KubernetesClient client, PodWatch podWatch) {
        this.client = client;
        this.podWatch = podWatch;
    }

    /** With the pods as the watch knows them, which may be a moment ago: enough to refuse by. */
    WorkloadView read(Pod pod) {
        return read(pod, false);
    }

    /** With the pods as the API server has them now, to act by. */
    WorkloadView readNow(Pod pod) {
        return read(pod, true);
    }

    private WorkloadView read(Pod pod, boolean now) {
        String namespace = pod.getMetadata().getNamespace();
        Workload workload = Workload.of(pod);
        Optional<WorkloadFacts> facts = facts(namespace, workload);
        LabelSelector selector = facts.map(WorkloadFacts::selector).orElse(null);
        Stream<Pod> candidates = now && selector != null
                ? client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                : podWatch.pods();
        List<PodView> pods = candidates
                .filter(other -> other.getMetadata().getNamespace().equals(namespace))
                .filter(other -> sameWorkload(workload, Workload.of(other)))
                .map(other -> view(
                        other,
                        other.getMetadata().getUid().equals(pod.getMetadata().getUid())))
                .toList();
        return new WorkloadView(
                workload.toString(),
                controllerKind(pod),
                facts.map(WorkloadFacts::desired).orElse(pods.size()),
                facts.map(WorkloadFacts::update).orElse(Update.NONE),
                pods,
                budgets(namespace, pod));
    }

    private Optional<WorkloadFacts> facts(String namespace, Workload workload) {
        String name = workload.name();
        var apps = client.apps();
        return switch (workload.kind()) {
            case "Deployment" ->
                facts(apps.deployments().inNamespace(namespace).withName(name).get(), WorkloadFacts::of);
            case "ReplicaSet" ->
                facts(apps.replicaSets().inNamespace(namespace).withName(name).get(), WorkloadFacts::of);
            case "StatefulSet" ->
                facts(apps.statefulSets().inNamespace(namespace).withName(name).get(), WorkloadFacts::of);
            case "DaemonSet" ->
                facts(apps.daemonSets().inNamespace(namespace).withName(name).get(), WorkloadFacts::of);
            case "Rollout" ->
                facts(
                        client.genericKubernetesResources(ROLLOUTS, "Rollout")
                                .inNamespace(namespace)
                                .withName(name)
                                .get(),
                        WorkloadFacts::of);
            default -> Optional.empty();
        };
    }

    private static <T extends HasMetadata> Optional<WorkloadFacts> facts(
            @Nullable T workload, Function<T, WorkloadFacts> read) {
        return Optional.ofNullable(workload).map(read);
    }

    /** Without the right to read budgets the eviction's own dry run still asks them. */
    private List<BudgetView> budgets(String namespace, Pod pod) {
        return whereAllowed(() -> Optional.of(client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace)
                        .list()
                        .getItems()))
                .orElse(List.of())
                .stream()
                .filter(budget -> selects(budget, pod))
                .filter(budget -> budget.getStatus() != null)
                .map(WorkloadReader::view)
                .toList();
    }

    private static boolean selects(PodDisruptionBudget budget, Pod pod) {
        LabelSelector selector = budget.getSpec().getSelector();
        return selector != null
                && LabelSelectors.matches(selector, pod.getMetadata().getLabels());
    }

    private static BudgetView view(PodDisruptionBudget budget) {
        var status = budget.getStatus();
        return new BudgetView(
                budget.getMetadata().getName(),
                status.getDisruptionsAllowed(),
                status.getCurrentHealthy(),
                status.getDesiredHealthy());
    }

    private PodView view(Pod pod, boolean judged) {
        boolean ready = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return new PodView(
                pod.getMetadata().getUid(),
                Instant.parse(pod.getMetadata().getCreationTimestamp()),
                ready,
                pod.getMetadata().getDeletionTimestamp() != null,
                Workload.of(pod).revision(),
                judged && draining(pod.getSpec().getNodeName()));
    }

    /** Nodes belong to no namespace, so an installation for some namespaces alone does not see them. */
    private boolean draining(@Nullable String nodeName) {
        return nodeName != null
                && whereAllowed(() -> Optional.ofNullable(
                                client.nodes().withName(nodeName).get()))
                        .map(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                        .orElse(false);
    }

    private static <T> Optional<T> whereAllowed(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw refused;
        }
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
}
