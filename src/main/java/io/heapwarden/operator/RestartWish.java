package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.PodIdentity;
import java.time.Instant;

/**
 * A wish to restart a pod.
 *
 * @param pod which pod, as the watch knows it
 * @param plan under which policy
 * @param policy the same policy, as its history is kept by it
 * @param container for what this container shows
 * @param at when
 */
record RestartWish(Pod pod, PolicyPlan plan, MemoryPolicy policy, ContainerView container, Instant at) {

    PodIdentity identity() {
        return new PodIdentity(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }
}
