package io.heapwarden.probe.metrics;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod says of itself that tells where it publishes metrics.
 *
 * @param ip address of the pod; null when it has none yet
 * @param annotations of the pod
 * @param containers names of its containers, without init and ephemeral ones
 * @param ports that its containers declare
 */
public record PodPorts(
        @Nullable String ip, Map<String, String> annotations, List<String> containers, List<Port> ports) {

    /**
     * A declared TCP port.
     *
     * @param container the container that declares it
     * @param name its name; null when it has none
     * @param number from 1 to 65535
     */
    public record Port(String container, @Nullable String name, int number) {}
}
