package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.PodIdentity;
import io.heapwarden.response.RestartCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to restart a pod.
 *
 * @param pod which pod, as the watch knows it
 * @param plan under which policy
 * @param policy the same policy, as its history is kept by it
 * @param cause for what
 * @param container the container that grows; null when it is not for growth
 * @param at when
 */
record RestartWish(
        Pod pod,
        PolicyPlan plan,
        MemoryPolicy policy,
        RestartCause cause,
        @Nullable ContainerView container,
        Instant at) {

    PodIdentity identity() {
        return new PodIdentity(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }
}
