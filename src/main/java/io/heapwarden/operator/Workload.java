package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
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
    private static final String CONTROLLER_REVISION = "controller-revision-hash";

    /** Told from the pod alone: a Deployment names its ReplicaSets after itself and the template's hash. */
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
        String hash = labels.get(TEMPLATE_HASH);
        if ("ReplicaSet".equals(controller.getKind())
                && hash != null
                && controller.getName().endsWith("-" + hash)) {
            String deployment =
                    controller.getName().substring(0, controller.getName().length() - hash.length() - 1);
            return new Workload("Deployment", deployment, hash);
        }
        return new Workload(controller.getKind(), controller.getName(), labels.get(CONTROLLER_REVISION));
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
