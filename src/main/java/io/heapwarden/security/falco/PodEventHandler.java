package io.heapwarden.security.falco;

/** What is done with the event of a pod. Called by the queue's thread only. */
@FunctionalInterface
public interface PodEventHandler {

    /**
     * Takes one event of a pod that is known.
     *
     * @param container name of the container; empty when it is not known
     */
    void handle(RunningPod pod, String container, FalcoEvent event);
}
