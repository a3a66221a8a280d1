package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Marks the pod of the replica that leads, so that the Service for Falco's events goes to it alone: the others know no pods. */
@ApplicationScoped
public class LeaderLabel {

    static final String LABEL = "heapwarden.io/leader";

    private static final Logger LOG = Logger.getLogger(LeaderLabel.class);

    /** Somebody may take the mark away, and no event says so. */
    private static final long LOOK_SECONDS = 30;

    private static final long RETRY_SECONDS = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final String own;
    private @Nullable Thread thread;

    @Inject
    LeaderLabel(KubernetesClient client, OperatorSettings settings) {
        this(client, settings.podNamespace().orElse(""), settings.podName().orElse(""));
    }

    LeaderLabel(KubernetesClient client, String namespace, String own) {
        this.client = client;
        this.namespace = namespace;
        this.own = own;
    }

    /** Keeps the mark on the own pod alone until {@link #release}. Without a pod of its own there is nothing to mark. */
    synchronized void hold() {
        if (!own.isEmpty() && !namespace.isEmpty() && thread == null) {
            thread = Thread.ofVirtual().name("leader-label").start(this::run);
        }
    }

    /** Leaves the mark: who leads next takes it. */
    @PreDestroy
    synchronized void release() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.SECONDS.sleep(put() ? LOOK_SECONDS : RETRY_SECONDS);
            }
        } catch (InterruptedException released) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the mark off all other pods that bear it, and puts it on the own one; false when it has to be tried again. */
    boolean put() {
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
            return true;
        } catch (KubernetesClientException refused) {
            LOG.warnf(
                    "The leading pod %s/%s could not be labelled %s, so the Service for Falco's events may not find it;"
                            + " trying again in %d s: %s",
                    namespace, own, LABEL, RETRY_SECONDS, refused.getMessage());
            return false;
        }
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
