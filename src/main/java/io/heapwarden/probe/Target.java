package io.heapwarden.probe;

/**
 * One running container.
 *
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param podUid uid of the pod, which tells a pod from its successor of the same name
 * @param container name of the container
 * @param containerId id given by the runtime, which changes with every restart
 */
public record Target(String namespace, String pod, String podUid, String container, String containerId) {
    @Override
    public String toString() {
        return namespace + "/" + pod + "/" + container;
    }
}
