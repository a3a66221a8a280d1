package io.heapwarden.evidence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose evidence it is.
 *
 * @param namespace of the pod
 * @param pod its name
 * @param uid its uid, which no other pod ever has
 * @param container the container that was judged
 * @param workload kind and name of what made the pod, such as {@code Deployment/shop}; null when nothing did
 * @param revision of the workload; null when not known
 * @param node where it ran; null when not known
 * @param image of the container; null when not known
 */
public record Subject(
        String namespace,
        String pod,
        String uid,
        String container,
        @Nullable String workload,
        @Nullable String revision,
        @Nullable String node,
        @Nullable String image) {

    public Subject {
        Objects.requireNonNull(namespace, "the subject has no namespace");
        Objects.requireNonNull(pod, "the subject has no pod");
        Objects.requireNonNull(uid, "the subject has no uid");
        Objects.requireNonNull(container, "the subject has no container");
    }
}
