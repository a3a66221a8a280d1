package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.security.FindingLedger.Changes;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.podstandards.PodSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the pod and its images against what the policy wants. The watch keeps too little of a pod for that, so it is read whole: once, when the policy changes,
 * when a debug container comes, and each hour.
 */
final class PostureCheck implements StandingCheck {

    private static final Logger LOG = Logger.getLogger(PostureCheck.class);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final String VERSION = "minor";

    private final KubernetesClient client;
    private final ConcurrentMap<String, Integer> version = new ConcurrentHashMap<>();

    PostureCheck(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<Changes> look(Pod pod, PolicyPlan plan, PodMonitor monitor, Instant now) {
        SecurityPlan wanted = plan.security();
        if (wanted.podStandard().isEmpty() && wanted.imageRules().isEmpty()) {
            return List.of();
        }
        String what = "posture with " + pod.getSpec().getEphemeralContainers().size() + " debug containers";
        if (now.isBefore(monitor.memory().lastLook(what).plus(AGAIN))) {
            return List.of();
        }
        Pod whole = read(monitor.key());
        if (whole == null) {
            return List.of();
        }
        monitor.memory().looked(what, now);
        List<Changes> changes = new ArrayList<>();
        wanted.podStandard()
                .ifPresent(standard -> changes.add(monitor.findings()
                        .stand(FindingSource.PodStandard, PodSecurity.observations(whole, standard, minor()), now)));
        wanted.imageRules()
                .ifPresent(rules ->
                        changes.add(monitor.findings().stand(FindingSource.Image, rules.observations(whole), now)));
        return changes;
    }

    /** Null when it is gone, or cannot be read just now. */
    private @Nullable Pod read(PodKey key) {
        try {
            Pod pod = client.pods()
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .get();
            return pod != null && PodKey.of(pod).equals(key) ? pod : null;
        } catch (KubernetesClientException refused) {
            LOG.debugf("Could not read pod %s: %s", key, refused.getMessage());
            return null;
        }
    }

    /** The standards are those of the API server's version. */
    private int minor() {
        return version.computeIfAbsent(VERSION, any -> {
            try {
                String minor = client.getKubernetesVersion().getMinor();
                return Integer.valueOf(minor.replaceAll("[^0-9].*", ""));
            } catch (KubernetesClientException | NumberFormatException unknown) {
                LOG.warnf(
                        "The API server's version is not known, so pods are held against the standards of 1.%d: %s",
                        PodSecurity.DEFAULT_MINOR, unknown.getMessage());
                return PodSecurity.DEFAULT_MINOR;
            }
        });
    }
}
