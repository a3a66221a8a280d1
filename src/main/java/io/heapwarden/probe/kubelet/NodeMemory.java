package io.heapwarden.probe.kubelet;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a node and of its containers. Sizes are in bytes.
 *
 * @param nodeName the node that answered
 * @param readAt when it was asked, by our clock
 * @param node the node itself; what is available is what the kubelet evicts by
 * @param containers of every pod, by pod uid and name
 */
public record NodeMemory(
        String nodeName, Instant readAt, ContainerMemory node, Map<ContainerKey, ContainerMemory> containers) {

    /**
     * One container of a pod.
     *
     * @param podUid uid of the pod
     * @param container its name
     */
    public record ContainerKey(String podUid, String container) {}

    /** One container; null when the kubelet does not know it, as right after its start. */
    public @Nullable ContainerMemory of(String podUid, String container) {
        return containers.get(new ContainerKey(podUid, container));
    }
}
