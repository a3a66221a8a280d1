package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.heapwarden.response.ResizableContainer;
import io.heapwarden.response.ResizableContainer.Pending;
import io.heapwarden.response.ResizableContainer.Stage;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads off a pod what a resize of one of its containers has to know. A pod of the watch lacks class, resize policy and conditions. */
final class ResizableContainers {

    private ResizableContainers() {}

    /** Empty when the pod has no such container. */
    static Optional<ResizableContainer> of(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .map(container -> new ResizableContainer(
                        name,
                        memoryLimit(container.getResources()),
                        "Guaranteed".equals(pod.getStatus().getQosClass()),
                        restartsForMemory(container),
                        pending(pod, container)));
    }

    private static boolean restartsForMemory(Container container) {
        return container.getResizePolicy().stream()
                .anyMatch(policy -> "memory".equals(policy.getResourceName())
                        && "RestartContainer".equals(policy.getRestartPolicy()));
    }

    private static @Nullable Pending pending(Pod pod, Container container) {
        Optional<PodCondition> waits = condition(pod, "PodResizePending");
        if (waits.isPresent()) {
            Stage stage = "Infeasible".equals(waits.get().getReason()) ? Stage.Infeasible : Stage.Deferred;
            return new Pending(stage, message(waits.get()));
        }
        Optional<PodCondition> works = condition(pod, "PodResizeInProgress");
        if (works.isPresent() || !inForce(pod, container)) {
            return new Pending(
                    Stage.InProgress, works.map(ResizableContainers::message).orElse(""));
        }
        return null;
    }

    /** Whether the limit in force is that of the spec; a kubelet that has not looked yet has set no condition. One before 1.33 does not say. */
    private static boolean inForce(Pod pod, Container container) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(container.getName()))
                .map(ContainerStatus::getResources)
                .filter(Objects::nonNull)
                .allMatch(resources -> Objects.equals(memoryLimit(resources), memoryLimit(container.getResources())));
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private static String message(PodCondition condition) {
        return condition.getMessage() == null ? "" : condition.getMessage();
    }

    /** In bytes; null when there is none. */
    static @Nullable Long memoryLimit(@Nullable ResourceRequirements resources) {
        Quantity limit = resources == null || resources.getLimits() == null
                ? null
                : resources.getLimits().get("memory");
        return limit == null ? null : Quantity.getAmountInBytes(limit).longValue();
    }
}
