package io.heapwarden.security.falco;

/** Whose event it is. */
public sealed interface Located {

    /**
     * A pod that is known.
     *
     * @param container name of the container; empty when the event does not say, or it is not known yet
     */
    record Found(RunningPod pod, String container) implements Located {}

    /** None that is known now; it may be later, as a pod's status comes after its first processes. */
    record Unknown() implements Located {}

    /** It names no pod and no container: something of the node itself. */
    record NoPod() implements Located {}

    /** It names a pod and a container that do not belong together: forged, or of a pod before with the same name. */
    record Contradictory() implements Located {}
}
