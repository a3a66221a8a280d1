package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.falco.PodDirectory;
import io.heapwarden.security.falco.RunningPod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The watched pods, as events name them. A namespaced install knows no others, so an event of a foreign one finds nothing. */
@ApplicationScoped
public class FalcoPods implements PodDirectory {

    private final PodWatch podWatch;

    FalcoPods(PodWatch podWatch) {
        this.podWatch = podWatch;
    }

    @Override
    public @Nullable RunningPod named(String namespace, String name) {
        Pod pod = podWatch.get(namespace, name);
        return pod == null ? null : running(pod);
    }

    @Override
    public @Nullable RunningPod withContainer(String shortId) {
        Pod pod = podWatch.withContainer(shortId);
        return pod == null ? null : running(pod);
    }

    private static RunningPod running(Pod pod) {
        Map<String, String> containers = new HashMap<>();
        ContainerIndex.started(pod).forEach(status -> containers.put(status.getName(), status.getContainerID()));
        return new RunningPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                containers);
    }
}
