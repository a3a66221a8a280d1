package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.jboss.logging.Logger;

/** Marks the pod of the replica that leads, so that the Service for Falco's events goes to it alone: the others know no pods. */
@ApplicationScoped
public class LeaderLabel {

    static final String LABEL = "heapwarden.io/leader";

    private static final Logger LOG = Logger.getLogger(LeaderLabel.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String own;

    @Inject
    LeaderLabel(KubernetesClient client, OperatorSettings settings) {
        this(client, settings.podNamespace().orElse(""), settings.podName().orElse(""));
    }

    LeaderLabel(KubernetesClient client, String namespace, String own) {
        this.client = client;
        this.namespace = namespace;
        this.own = own;
    }

    /** Takes the mark off all other pods that bear it, and puts it on the own one. Without a pod of its own there is nothing to mark. */
    void put() {
        if (own.isEmpty() || namespace.isEmpty()) {
            return;
        }
        try {
            client.pods().inNamespace(namespace).withLabel(LABEL, "true").list().getItems().stream()
                    .filter(pod -> !pod.getMetadata().getName().equals(own))
                    .forEach(pod -> client.pods()
                            .inNamespace(namespace)
                            .withName(pod.getMetadata().getName())
                            .edit(LeaderLabel::unmarked));
            client.pods().inNamespace(namespace).withName(own).edit(LeaderLabel::marked);
        } catch (KubernetesClientException refused) {
            LOG.warnf(
                    "The leading pod %s/%s could not be labelled %s, so the Service for Falco's events may not find it: %s",
                    namespace, own, LABEL, refused.getMessage());
        }
    }

    private static Pod marked(Pod pod) {
        return pod.edit()
                .editMetadata()
                .addToLabels(LABEL, "true")
                .endMetadata()
                .build();
    }

    private static Pod unmarked(Pod pod) {
        return pod.edit()
                .editMetadata()
                .removeFromLabels(Map.of(LABEL, "true"))
                .endMetadata()
                .build();
    }
}
