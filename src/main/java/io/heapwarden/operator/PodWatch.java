package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.heapwarden.probe.Target;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one watch on pods. One informer for the whole cluster, or one for each namespace of a namespaced install; each with a store of its own,
 * since an informer drops from its store whatever its own list does not hold.
 */
@ApplicationScoped
public class PodWatch {

    private static final Logger LOG = Logger.getLogger(PodWatch.class);
    private static final String ALL_NAMESPACES = "";
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final Map<String, SharedIndexInformer<Pod>> informers = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final ContainerIndex containers = new ContainerIndex();
    private volatile Runnable onChange = () -> {};

    PodWatch(KubernetesClient client, OperatorSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Starts watching; returns at once, {@link #synced()} tells when the first list is there.
     *
     * @param changed called after each change that may matter to a policy
     */
    void start(Runnable changed) {
        onChange = changed;
        namespaces().forEach(this::watch);
    }

    boolean synced() {
        return !informers.isEmpty() && informers.values().stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Whether the pods of a namespace are known. */
    boolean synced(String namespace) {
        SharedIndexInformer<Pod> informer = informers.getOrDefault(ALL_NAMESPACES, informers.get(namespace));
        return informer != null && informer.hasSynced();
    }

    boolean anySynced() {
        return informers.values().stream().anyMatch(SharedIndexInformer::hasSynced);
    }

    /** The watched namespaces; one empty name for all. */
    Set<String> namespaces() {
        return settings.namespaces().filter(namespaces -> !namespaces.isEmpty()).orElse(Set.of(ALL_NAMESPACES));
    }

    Stream<Pod> pods() {
        return informers.values().stream().flatMap(informer -> informer.getStore().list().stream());
    }

    /** The pod as last seen, or null when it is gone. */
    @Nullable
    Pod get(String namespace, String name) {
        SharedIndexInformer<Pod> informer = informers.getOrDefault(ALL_NAMESPACES, informers.get(namespace));
        return informer == null ? null : informer.getStore().getByKey(namespace + "/" + name);
    }

    /** This very pod, and none that came after it by the same name; null when it is gone or was not seen yet. */
    @Nullable
    Pod get(PodKey key) {
        Pod pod = get(key.namespace(), key.name());
        return pod != null && PodKey.of(pod).equals(key) ? pod : null;
    }

    /** Whether a container is still there: neither its pod is gone, nor was it followed by another. */
    boolean holds(Target target) {
        Pod pod = get(new PodKey(target.namespace(), target.pod(), target.podUid()));
        return pod != null
                && ContainerIndex.started(pod)
                        .anyMatch(status -> status.getContainerID().equals(target.containerId()));
    }

    /** The pod with a container whose id begins so, without the runtime's name; null when there is none. */
    @Nullable
    Pod withContainer(String shortId) {
        ContainerIndex.Name name = containers.get(shortId);
        return name == null ? null : get(name.namespace(), name.name());
    }

    /** Why pods cannot be watched, in the API server's words; empty when they can. */
    List<String> troubles() {
        return List.copyOf(troubles.values());
    }

    private void watch(String namespace) {
        FilterWatchListDeletable<Pod, PodList, PodResource> pods = namespace.isEmpty()
                ? client.pods().inAnyNamespace()
                : client.pods().inNamespace(namespace);
        SharedIndexInformer<Pod> informer = pods.withoutField("status.phase", "Succeeded")
                .withoutField("status.phase", "Failed")
                .withLimit(PAGE)
                .runnableInformer(0)
                .itemStore(new ReducedPodStore())
                .addEventHandler(containers)
                .addEventHandler(new ChangeHandler())
                .exceptionHandler((started, failure) -> {
                    recordTrouble(namespace, failure);
                    return true;
                });
        informers.put(namespace, informer);
        informer.start().thenRun(() -> {
            troubles.remove(namespace);
            onChange.run();
        });
    }

    private void recordTrouble(String namespace, Throwable failure) {
        String where = namespace.isEmpty() ? "all namespaces" : "namespace " + namespace;
        String why = failure instanceof KubernetesClientException refused && refused.getStatus() != null
                ? refused.getStatus().getMessage()
                : failure.getMessage();
        if (troubles.put(namespace, "cannot watch pods in " + where + ": " + why) == null) {
            LOG.warnf("Cannot watch pods in %s, trying again: %s", where, why);
        }
        onChange.run();
    }

    @PreDestroy
    void stop() {
        informers.values().forEach(SharedIndexInformer::stop);
    }

    private final class ChangeHandler implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            troubles.remove(ALL_NAMESPACES);
            troubles.remove(pod.getMetadata().getNamespace());
            onChange.run();
        }

        @Override
        public void onUpdate(Pod before, Pod now) {
            onChange.run();
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            onChange.run();
        }
    }
}
