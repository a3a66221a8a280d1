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
 * @param update how the workload brings new pods, and whether it is at it
 * @param pods every pod of the workload that exists, of all revisions
 * @param budgets the PodDisruptionBudgets that select the judged pod
 */
public record WorkloadView(
        String name,
        @Nullable String controllerKind,
        int desired,
        Update update,
        List<PodView> pods,
        List<BudgetView> budgets) {

    public WorkloadView {
        pods = List.copyOf(pods);
        budgets = List.copyOf(budgets);
    }

    /**
     * How a workload brings new pods, and whether it is at it.
     *
     * @param change what is going on just now, in words that go on a sentence, such as "2 of 5 pods are of the new
     *     revision"; null when nothing is
     * @param scaling whether what is going on is a change of the number of pods alone
     * @param rolls whether a changed pod template replaces the pods by itself: not while it is paused, and not with the
     *     strategy OnDelete
     * @param surges whether a new pod is Ready before an old one is taken away
     * @param revision the revision that new pods are made of, as {@link PodView#revision()}; null where none is kept
     */
    public record Update(
            @Nullable String change, boolean scaling, boolean rolls, boolean surges, @Nullable String revision) {

        /** Of what has no pod template to change. */
        public static final Update NONE = new Update(null, false, false, false, null);
    }

    /**
     * One pod of the workload.
     *
     * @param uid its uid
     * @param createdAt when the API server created it
     * @param ready whether its Ready condition is True
     * @param terminating whether it has a deletion timestamp
     * @param revision hash of the template it was made from; null where the controller keeps none
     * @param nodeDraining whether its node takes no new pods, as while it is drained
     */
    public record PodView(
            String uid,
            Instant createdAt,
            boolean ready,
            boolean terminating,
            @Nullable String revision,
            boolean nodeDraining) {
        boolean serves() {
            return ready && !terminating;
        }
    }

    /**
     * A PodDisruptionBudget that selects the judged pod.
     *
     * @param name its name
     * @param disruptionsAllowed how many of its pods may be evicted now, as its status says
     * @param healthy its pods that are healthy
     * @param needed its pods that have to be
     */
    public record BudgetView(String name, int disruptionsAllowed, int healthy, int needed) {}

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
