package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the checks see it.
 *
 * @param spec its spec
 * @param annotations its annotations
 * @param context its security context
 * @param containers all containers: init, then ordinary, then ephemeral ones
 * @param minor minor version of Kubernetes 1 whose standards count
 */
record CheckedPod(
        PodSpec spec,
        Map<String, String> annotations,
        @Nullable PodSecurityContext context,
        List<CheckedContainer> containers,
        int minor) {

    static CheckedPod of(Pod pod, int minor) {
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        List<CheckedContainer> containers = new ArrayList<>();
        for (int i = 0; i < spec.getInitContainers().size(); i++) {
            containers.add(CheckedContainer.of(spec.getInitContainers().get(i), "spec.initContainers[" + i + "]"));
        }
        for (int i = 0; i < spec.getContainers().size(); i++) {
            containers.add(CheckedContainer.of(spec.getContainers().get(i), "spec.containers[" + i + "]"));
        }
        for (int i = 0; i < spec.getEphemeralContainers().size(); i++) {
            containers.add(
                    CheckedContainer.of(spec.getEphemeralContainers().get(i), "spec.ephemeralContainers[" + i + "]"));
        }
        Map<String, String> annotations =
                pod.getMetadata() == null || pod.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : pod.getMetadata().getAnnotations();
        return new CheckedPod(spec, annotations, spec.getSecurityContext(), containers, minor);
    }

    /** Whether the pod says that it runs on Windows, where the API server refuses the fields that Linux has. */
    boolean windows() {
        return spec.getOs() != null && "windows".equals(spec.getOs().getName());
    }

    /** Whether root in the pod is an ordinary user of the node. */
    boolean ownUsers() {
        return Boolean.FALSE.equals(spec.getHostUsers());
    }
}
