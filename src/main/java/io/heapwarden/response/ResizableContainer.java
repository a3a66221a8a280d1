package io.heapwarden.response;

import org.jspecify.annotations.Nullable;

/**
 * A running container, as far as a resize has to know it. Sizes are in bytes.
 *
 * @param name its name
 * @param limit its memory limit by the pod's spec; null when it has none
 * @param guaranteed whether its pod is of the class Guaranteed, which lives by requests that equal the limits and which nothing can change
 * @param restartsForIt whether its resize policy has it restarted for a change of memory
 * @param pending what became of a resize that is asked for already; null when none is
 */
public record ResizableContainer(
        String name, @Nullable Long limit, boolean guaranteed, boolean restartsForIt, @Nullable Pending pending) {

    /**
     * A resize that is not done yet.
     *
     * @param stage how far it is
     * @param message what the kubelet says of it; empty when nothing
     */
    public record Pending(Stage stage, String message) {}

    /** How far a resize is, as the conditions PodResizePending and PodResizeInProgress tell. */
    public enum Stage {
        /** The node can never do it. */
        Infeasible,
        /** The node can do it when other pods go. */
        Deferred,
        /** The kubelet is at it, or has not looked yet. */
        InProgress
    }
}
