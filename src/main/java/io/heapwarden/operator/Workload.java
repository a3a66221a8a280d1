package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod belongs to.
 *
 * @param kind Deployment, StatefulSet and so on; Pod for a pod that nobody controls
 * @param name its name
 * @param revision hash of the pod template the pod was made from; null when the controller keeps none
 */
public record Workload(String kind, String name, @Nullable String revision) {

    private static final String TEMPLATE_HASH = "pod-template-hash";
    private static final String ROLLOUT_TEMPLATE_HASH = "rollouts-pod-template-hash";
    private static final String CONTROLLER_REVISION = "controller-revision-hash";

    /** Told from the pod alone: a Deployment, like an Argo Rollout, names its ReplicaSets after itself and the template's hash. */
    public static Workload of(Pod pod) {
        OwnerReference controller = pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .orElse(null);
        if (controller == null) {
            return new Workload("Pod", pod.getMetadata().getName(), null);
        }
        Map<String, String> labels = pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
        if ("ReplicaSet".equals(controller.getKind())) {
            return Stream.of(
                            above("Deployment", controller, labels.get(TEMPLATE_HASH)),
                            above("Rollout", controller, labels.get(ROLLOUT_TEMPLATE_HASH)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseGet(() -> new Workload("ReplicaSet", controller.getName(), null));
        }
        return new Workload(controller.getKind(), controller.getName(), labels.get(CONTROLLER_REVISION));
    }

    private static Optional<Workload> above(String kind, OwnerReference replicaSet, @Nullable String hash) {
        String name = replicaSet.getName();
        return hash == null || !name.endsWith("-" + hash)
                ? Optional.empty()
                : Optional.of(new Workload(kind, name.substring(0, name.length() - hash.length() - 1), hash));
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
