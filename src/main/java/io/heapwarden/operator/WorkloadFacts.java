package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.heapwarden.response.WorkloadView.Update;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the object that owns pods says of them.
 *
 * @param desired pods it wants
 * @param update how it brings new ones, and whether it is at it
 * @param selector which pods are its own; null when it does not say
 */
record WorkloadFacts(int desired, Update update, @Nullable LabelSelector selector) {

    private static final String ON_DELETE = "OnDelete";
    private static final String DEFAULT_SURGE = "25%";
    private static final Set<String> SETTLED_ROLLOUT = Set.of("Healthy", "Degraded");

    static WorkloadFacts of(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
        int desired = orElse(deployment.getSpec().getReplicas(), 1);
        int there = orElse(status.getReplicas(), 0);
        int updated = orElse(status.getUpdatedReplicas(), 0);
        boolean progressing = status.getConditions().stream()
                .filter(condition -> "Progressing".equals(condition.getType()))
                .map(DeploymentCondition::getReason)
                .anyMatch(reason -> reason != null && !reason.equals("NewReplicaSetAvailable"));
        String change = progressing || updated < there
                ? updated + " of " + there + " pods are of the new revision"
                : unseen(deployment.getMetadata().getGeneration(), status.getObservedGeneration());
        boolean rolling = deployment.getSpec().getStrategy() == null
                || !"Recreate".equals(deployment.getSpec().getStrategy().getType());
        boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
        return new WorkloadFacts(
                desired,
                update(change, there, desired, !paused, rolling && surge(deployment)),
                deployment.getSpec().getSelector());
    }

    static WorkloadFacts of(StatefulSet set) {
        int desired = orElse(set.getSpec().getReplicas(), 1);
        var strategy = Optional.ofNullable(set.getSpec().getUpdateStrategy());
        boolean rolls =
                strategy.map(known -> !ON_DELETE.equals(known.getType())).orElse(true);
        // A partition keeps some pods at the earlier revision on purpose.
        boolean whole = rolls
                && strategy.map(known -> known.getRollingUpdate())
                                .map(rolling -> orElse(rolling.getPartition(), 0))
                                .orElse(0)
                        == 0;
        String current = set.getStatus() == null ? null : set.getStatus().getCurrentRevision();
        String next = set.getStatus() == null ? null : set.getStatus().getUpdateRevision();
        int there = set.getStatus() == null ? 0 : orElse(set.getStatus().getReplicas(), 0);
        String change = whole && current != null && next != null && !current.equals(next)
                ? orElse(set.getStatus().getUpdatedReplicas(), 0) + " of " + desired + " pods are of the new revision"
                : null;
        Update update = update(change, there, desired, rolls, false);
        return new WorkloadFacts(
                desired,
                new Update(update.change(), update.scaling(), rolls, false, whole ? next : null),
                set.getSpec().getSelector());
    }

    static WorkloadFacts of(DaemonSet set) {
        int desired = set.getStatus() == null ? 0 : orElse(set.getStatus().getDesiredNumberScheduled(), 0);
        var strategy = Optional.ofNullable(set.getSpec().getUpdateStrategy());
        boolean rolls =
                strategy.map(known -> !ON_DELETE.equals(known.getType())).orElse(true);
        int updated = set.getStatus() == null ? 0 : orElse(set.getStatus().getUpdatedNumberScheduled(), 0);
        boolean surges = strategy.map(known -> known.getRollingUpdate())
                .map(rolling -> positive(rolling.getMaxSurge(), "0"))
                .orElse(false);
        String change =
                rolls && updated < desired ? updated + " of " + desired + " pods are of the new revision" : null;
        return new WorkloadFacts(
                desired,
                new Update(change, false, rolls, surges, null),
                set.getSpec().getSelector());
    }

    static WorkloadFacts of(ReplicaSet set) {
        int desired = orElse(set.getSpec().getReplicas(), 1);
        int there = set.getStatus() == null ? desired : orElse(set.getStatus().getReplicas(), 0);
        return new WorkloadFacts(
                desired,
                update(null, there, desired, false, false),
                set.getSpec().getSelector());
    }

    /** Of an Argo Rollout, whose types are not ours: fields as its reference documents them. */
    static WorkloadFacts of(GenericKubernetesResource rollout) {
        Number replicas = rollout.get("spec", "replicas");
        int desired = replicas == null ? 1 : replicas.intValue();
        Object phase = rollout.get("status", "phase");
        String change =
                phase == null || SETTLED_ROLLOUT.contains(String.valueOf(phase)) ? null : "its phase is " + phase;
        boolean paused = Boolean.TRUE.equals(rollout.get("spec", "paused"));
        return new WorkloadFacts(desired, new Update(change, false, !paused, false, null), null);
    }

    private static Update update(@Nullable String change, int there, int desired, boolean rolls, boolean surges) {
        return change == null && there != desired
                ? new Update("it has " + there + " pods and wants " + desired, true, rolls, surges, null)
                : new Update(change, false, rolls, surges, null);
    }

    private static @Nullable String unseen(@Nullable Long generation, @Nullable Long seen) {
        return generation != null && seen != null && seen < generation
                ? "its controller has not seen the last change yet"
                : null;
    }

    private static boolean surge(Deployment deployment) {
        var strategy = deployment.getSpec().getStrategy();
        return positive(
                strategy == null || strategy.getRollingUpdate() == null
                        ? null
                        : strategy.getRollingUpdate().getMaxSurge(),
                DEFAULT_SURGE);
    }

    private static boolean positive(@Nullable IntOrString amount, String otherwise) {
        String text = amount == null ? otherwise : String.valueOf(amount.getValue());
        return !text.equals("0") && !text.equals("0%");
    }

    private static int orElse(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }
}
