package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.heapwarden.security.falco.ContainerIds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names of pods by the first digits of a container's id, which is all that events of Falco may know. Names only: the pods that a handler is given
 * are whole, and the store keeps little of them for a reason. Safe for use by many threads.
 */
final class ContainerIndex implements ResourceEventHandler<Pod> {

    /** A pod as the store finds it. */
    record Name(String namespace, String name) {

        static Name of(Pod pod) {
            return new Name(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        }
    }

    private final Map<String, Name> pods = new ConcurrentHashMap<>();

    @Nullable
    Name get(String shortId) {
        return pods.get(shortId);
    }

    @Override
    public void onAdd(Pod pod) {
        ids(pod).forEach(id -> pods.put(id, Name.of(pod)));
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        List<String> present = ids(now).toList();
        ids(before).filter(id -> !present.contains(id)).forEach(pods::remove);
        present.forEach(id -> pods.put(id, Name.of(now)));
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        ids(pod).forEach(pods::remove);
    }

    /** Of a pod's containers that have started, debug containers among them. */
    static Stream<ContainerStatus> started(Pod pod) {
        return Stream.of(pod.getStatus().getContainerStatuses(), pod.getStatus().getEphemeralContainerStatuses())
                .flatMap(List::stream)
                .filter(status -> status.getContainerID() != null);
    }

    private static Stream<String> ids(Pod pod) {
        return started(pod).flatMap(status -> Stream.ofNullable(ContainerIds.shortened(status.getContainerID())));
    }
}
