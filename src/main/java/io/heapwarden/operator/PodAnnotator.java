package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps our annotations on a pod as they should be, by server-side apply: what is no longer applied is removed by the API server, and
 * annotations of others are never touched.
 */
@ApplicationScoped
public class PodAnnotator {

    private static final Logger LOG = Logger.getLogger(PodAnnotator.class);

    private final KubernetesClient client;

    PodAnnotator(KubernetesClient client) {
        this.client = client;
    }

    /** Makes our annotations on this very pod equal to the given ones; an empty map takes all of them away. */
    void apply(Pod pod, Map<String, String> annotations) {
        if (annotations.equals(ownAnnotations(pod))) {
            return;
        }
        // The uid makes the API server refuse when the pod was replaced by another of its name.
        Pod patch = new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withAnnotations(annotations)
                .endMetadata()
                .build();
        try {
            client.resource(patch).patch(ServerSide.APPLY);
        } catch (KubernetesClientException refused) {
            LOG.debugf(
                    "Could not annotate pod %s/%s: %s",
                    pod.getMetadata().getNamespace(), pod.getMetadata().getName(), refused.getMessage());
        }
    }

    static Map<String, String> ownAnnotations(Pod pod) {
        Map<String, String> all = pod.getMetadata().getAnnotations();
        return all == null
                ? Map.of()
                : all.entrySet().stream()
                        .filter(annotation -> Annotations.KEYS.contains(annotation.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
