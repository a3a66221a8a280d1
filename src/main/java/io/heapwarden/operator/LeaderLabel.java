package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Marks the pod of the replica that leads, so that the Service for Falco's events goes to it alone: the others know no pods. */
@ApplicationScoped
public class LeaderLabel {

    static final String LABEL = "heapwarden.io/leader";

    private static final Logger LOG = Logger.getLogger(LeaderLabel.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String own;
    private volatile String said = "";

    @Inject
    LeaderLabel(KubernetesClient client, OperatorSettings settings) {
        this(client, settings.podNamespace().orElse(""), settings.podName().orElse(""));
    }

    LeaderLabel(KubernetesClient client, String namespace, String own) {
        this.client = client;
        this.namespace = namespace;
        this.own = own;
    }

    /**
     * Takes the mark off all other pods that bear it, and puts it on the own one; false when it has to be tried again. Without a pod of its own there is
     * nothing to mark.
     */
    boolean put() {
        if (own.isEmpty() || namespace.isEmpty()) {
            return true;
        }
        try {
            List<Pod> bearers = client.pods()
                    .inNamespace(namespace)
                    .withLabel(LABEL, "true")
                    .list()
                    .getItems();
            bearers.stream()
                    .filter(pod -> !isOwn(pod))
                    .forEach(pod -> edit(pod.getMetadata().getName(), LeaderLabel::unmarked));
            if (bearers.stream().noneMatch(this::isOwn)) {
                edit(own, LeaderLabel::marked);
            }
            said = "";
            return true;
        } catch (RuntimeException failed) {
            // Not only what the API server refuses: a client that is being closed, too. The next try must come all the
            // same.
            warn(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Once for each reason: it is tried again and again. */
    private void warn(String why) {
        if (!why.equals(said)) {
            LOG.warnf(
                    "The leading pod %s/%s could not be labelled %s, so the Service for Falco's events does not find it yet: %s",
                    namespace, own, LABEL, why);
        }
        said = why;
    }

    private boolean isOwn(Pod pod) {
        return pod.getMetadata().getName().equals(own);
    }

    private void edit(String pod, UnaryOperator<Pod> change) {
        client.pods().inNamespace(namespace).withName(pod).edit(change);
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
