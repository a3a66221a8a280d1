package io.heapwarden.probe;

/**
 * One running container.
 *
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param podUid uid of the pod, which tells a pod from its successor of the same name
 * @param container name of the container
 * @param containerId id given by the runtime, which changes with every restart
 * @param facts what is known of the pod around it
 */
public record Target(
        String namespace, String pod, String podUid, String container, String containerId, PodFacts facts) {

    /** A container of whose pod nothing is known. */
    public Target(String namespace, String pod, String podUid, String container, String containerId) {
        this(namespace, pod, podUid, container, containerId, PodFacts.NONE);
    }

    @Override
    public String toString() {
        return namespace + "/" + pod + "/" + container;
    }
}
