package io.heapwarden.response;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workload of a pod as the gate sees it.
 *
 * @param name kind and name of what a person deploys, the key of its history: {@code Deployment/checkout}; of a pod
 *     without a controller, {@code Pod/NAME}
 * @param controllerKind kind of the pod's own controller, from its owner reference with {@code controller: true}; null
 *     when there is none
 * @param desired pods the workload wants
 * @param pods every pod of the workload that exists, of all revisions
 */
public record WorkloadView(String name, @Nullable String controllerKind, int desired, List<PodView> pods) {

    public WorkloadView {
        pods = List.copyOf(pods);
    }

    /**
     * One pod of the workload.
     *
     * @param uid its uid
     * @param createdAt when the API server created it
     * @param ready whether its Ready condition is True
     * @param terminating whether it has a deletion timestamp
     */
    public record PodView(String uid, Instant createdAt, boolean ready, boolean terminating) {
        boolean serves() {
            return ready && !terminating;
        }
    }

    Optional<PodView> pod(String uid) {
        return pods.stream().filter(pod -> pod.uid().equals(uid)).findFirst();
    }

    int serving() {
        return (int) pods.stream().filter(PodView::serves).count();
    }

    /** Pods that are wanted and do not serve, for any reason: not Ready, terminating, or not there at all. */
    int unavailable() {
        return Math.max(0, desired - serving());
    }
}
