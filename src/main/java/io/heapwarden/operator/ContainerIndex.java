package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds pods by the first digits of a container's id, which is all that events of Falco may know. Safe for use by many threads. */
final class ContainerIndex implements ResourceEventHandler<Pod> {

    /** What Falco and container runtimes show of an id. */
    private static final int SHORT = 12;

    private final Map<String, Pod> pods = new ConcurrentHashMap<>();

    @Nullable
    Pod get(String shortId) {
        return pods.get(shortId);
    }

    @Override
    public void onAdd(Pod pod) {
        ids(pod).forEach(id -> pods.put(id, pod));
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        List<String> present = ids(now).toList();
        ids(before).filter(id -> !present.contains(id)).forEach(pods::remove);
        present.forEach(id -> pods.put(id, now));
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        ids(pod).forEach(pods::remove);
    }

    private static Stream<String> ids(Pod pod) {
        return Stream.of(pod.getStatus().getContainerStatuses(), pod.getStatus().getEphemeralContainerStatuses())
                .flatMap(List::stream)
                .map(ContainerStatus::getContainerID)
                .filter(id -> id != null)
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .filter(id -> id.length() >= SHORT)
                .map(id -> id.substring(0, SHORT));
    }
}
