package io.heapwarden.probe.kubelet;

/**
 * The kubelet of one node.
 *
 * @param node name of the node
 * @param host its InternalIP, or a name that resolves
 * @param port of its API; 10250 unless {@code status.daemonEndpoints.kubeletEndpoint} says otherwise
 */
public record Kubelet(String node, String host, int port) {

    /** The port kubelets use. */
    public static final int USUAL_PORT = 10250;
}
