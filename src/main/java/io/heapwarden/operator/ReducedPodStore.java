package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of every pod only what is read here: a whole pod is 10 to 30 KiB, most of it managed fields, environment and volumes, and an operator
 * for memory must not be the one that runs out of it.
 */
final class ReducedPodStore implements ItemStore<Pod> {

    static final String ANNOTATION_PREFIX = "heapwarden.io/";

    /** Where an application's metrics are, by custom. */
    private static final String SCRAPE_PREFIX = "prometheus.io/";

    private final Map<String, Pod> pods = new ConcurrentHashMap<>();

    @Override
    public String getKey(Pod pod) {
        return Cache.metaNamespaceKeyFunc(pod);
    }

    @Override
    public @Nullable Pod put(String key, Pod pod) {
        return pods.put(key, reduced(pod));
    }

    @Override
    public @Nullable Pod remove(String key) {
        return pods.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return pods.keySet().stream();
    }

    @Override
    public Stream<Pod> values() {
        return pods.values().stream();
    }

    @Override
    public int size() {
        return pods.size();
    }

    @Override
    public @Nullable Pod get(String key) {
        return pods.get(key);
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    static Pod reduced(Pod pod) {
        return new PodBuilder()
                .withMetadata(metadata(pod.getMetadata()))
                .withSpec(spec(pod.getSpec()))
                .withStatus(status(pod.getStatus()))
                .build();
    }

    private static ObjectMeta metadata(ObjectMeta full) {
        return new ObjectMetaBuilder()
                .withName(full.getName())
                .withNamespace(full.getNamespace())
                .withUid(full.getUid())
                .withResourceVersion(full.getResourceVersion())
                .withCreationTimestamp(full.getCreationTimestamp())
                .withDeletionTimestamp(full.getDeletionTimestamp())
                .withLabels(full.getLabels())
                .withAnnotations(readAnnotations(full.getAnnotations()))
                .withOwnerReferences(full.getOwnerReferences())
                .build();
    }

    private static @Nullable Map<String, String> readAnnotations(@Nullable Map<String, String> all) {
        if (all == null) {
            return null;
        }
        return all.entrySet().stream()
                .filter(annotation -> annotation.getKey().startsWith(ANNOTATION_PREFIX)
                        || annotation.getKey().startsWith(SCRAPE_PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable PodSpec spec(@Nullable PodSpec full) {
        if (full == null) {
            return null;
        }
        return new PodSpecBuilder()
                .withNodeName(full.getNodeName())
                .withSecurityContext(full.getSecurityContext())
                .withContainers(full.getContainers().stream()
                        .map(ReducedPodStore::container)
                        .toList())
                .withEphemeralContainers(full.getEphemeralContainers().stream()
                        .map(ReducedPodStore::debugContainer)
                        .toList())
                .build();
    }

    private static Container container(Container full) {
        return new ContainerBuilder()
                .withName(full.getName())
                .withImage(full.getImage())
                .withResources(full.getResources())
                .withPorts(full.getPorts())
                .withSecurityContext(full.getSecurityContext())
                .withLivenessProbe(timeout(full.getLivenessProbe()))
                .withReadinessProbe(timeout(full.getReadinessProbe()))
                .build();
    }

    private static EphemeralContainer debugContainer(EphemeralContainer full) {
        return new EphemeralContainerBuilder()
                .withName(full.getName())
                .withTargetContainerName(full.getTargetContainerName())
                .build();
    }

    private static @Nullable Probe timeout(@Nullable Probe full) {
        return full == null
                ? null
                : new ProbeBuilder()
                        .withTimeoutSeconds(full.getTimeoutSeconds())
                        .build();
    }

    private static @Nullable PodStatus status(@Nullable PodStatus full) {
        if (full == null) {
            return null;
        }
        return new PodStatusBuilder()
                .withPhase(full.getPhase())
                .withConditions(full.getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .toList())
                .withContainerStatuses(full.getContainerStatuses())
                .withEphemeralContainerStatuses(full.getEphemeralContainerStatuses())
                .withHostIP(full.getHostIP())
                .withPodIP(full.getPodIP())
                .build();
    }
}
