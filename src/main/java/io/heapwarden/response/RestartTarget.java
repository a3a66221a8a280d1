package io.heapwarden.response;

import java.time.Instant;
import java.util.Map;

/**
 * What is restarted.
 *
 * @param pod the pod that was judged
 * @param workloadKind kind of what it belongs to, such as Deployment
 * @param workloadName its name
 * @param at when it was decided
 * @param annotations why and for which policy, for whoever reads the request: the API server's audit log and admission webhooks
 */
public record RestartTarget(
        PodIdentity pod, String workloadKind, String workloadName, Instant at, Map<String, String> annotations) {

    public RestartTarget {
        annotations = Map.copyOf(annotations);
    }

    /** One of which nothing more is said. */
    public RestartTarget(PodIdentity pod, String workloadKind, String workloadName, Instant at) {
        this(pod, workloadKind, workloadName, at, Map.of());
    }
}
