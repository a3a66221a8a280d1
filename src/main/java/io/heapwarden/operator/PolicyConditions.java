package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.growth.State;
import io.heapwarden.objective.Criterion;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.operator.evidence.EvidenceDesk;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.response.GateRefusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a policy: each with a reason that programs read and a sentence that tells people what to do. */
@ApplicationScoped
public class PolicyConditions {

    private static final int NAMES_SHOWN = 3;

    private final PodWatch podWatch;
    private final PolicyCache policies;
    private final ActionLog actions;
    private final Notices notices;
    private final EvidenceDesk evidence;
    private final ResizeSupport resizes;
    private final SecurityObstacles security;
    private final Clock clock;

    PolicyConditions(
            PodWatch podWatch,
            PolicyCache policies,
            ActionLog actions,
            Notices notices,
            EvidenceDesk evidence,
            ResizeSupport resizes,
            SecurityObstacles security,
            Clock clock) {
        this.podWatch = podWatch;
        this.policies = policies;
        this.actions = actions;
        this.notices = notices;
        this.evidence = evidence;
        this.resizes = resizes;
        this.security = security;
        this.clock = clock;
    }

    List<Condition> of(
            MemoryPolicy policy,
            PolicyPlan plan,
            List<PodMonitor> monitors,
            List<ObjectiveStatus> objectives,
            @Nullable List<Condition> before) {
        List<PodView> pods = monitors.stream().map(PodMonitor::view).toList();
        Conditions conditions = new Conditions(before, policy.getMetadata().getGeneration(), clock);
        ready(conditions, plan);
        sampling(conditions, plan, pods);
        objectivesMet(conditions, plan, objectives);
        SecureCondition.say(conditions, plan, monitors, security.of(plan));
        acting(conditions, policy, plan, pods);
        return conditions.list();
    }

    /** The one condition that matters when a policy cannot be worked by. */
    List<Condition> ofInvalid(MemoryPolicy policy, String mistake, @Nullable List<Condition> before) {
        return new Conditions(before, policy.getMetadata().getGeneration(), clock)
                .isFalse("Ready", "InvalidPolicy", mistake + ". No pod is watched by this policy until that is mended.")
                .list();
    }

    private void ready(Conditions conditions, PolicyPlan plan) {
        List<String> unknown = notices.unknown(plan);
        if (!unknown.isEmpty()) {
            conditions.isFalse(
                    "Ready",
                    "UnknownReceiver",
                    "spec.notify names receivers that this installation does not have: " + String.join(", ", unknown)
                            + ". Ask who runs Heapwarden for the names in the chart's value notify.receivers. The rest of the policy is in effect.");
        } else if (plan.wantsEvidence() && evidence.trouble().isPresent()) {
            conditions.isFalse(
                    "Ready",
                    "EvidenceNotKept",
                    evidence.trouble().get() + " Restarts do not wait for it. The rest of the policy is in effect.");
        } else if (plan.notSupported().isEmpty()) {
            conditions.isTrue("Ready", "InEffect", "The whole policy is in effect.");
        } else {
            conditions.isFalse(
                    "Ready",
                    "NotSupported",
                    "These fields do nothing in this version: " + String.join(", ", plan.notSupported())
                            + ". The rest of the policy is in effect. Remove the fields, or upgrade.");
        }
    }

    private void sampling(Conditions conditions, PolicyPlan plan, List<PodView> pods) {
        List<PodView> forbidden =
                pods.stream().filter(PolicyConditions::execForbidden).toList();
        List<PodView> unreachable = pods.stream()
                .filter(pod ->
                        pod.state().filter(state -> state == State.Unreachable).isPresent())
                .toList();
        if (!podWatch.troubles().isEmpty()) {
            conditions.isFalse(
                    "Sampling",
                    "MissingPermission",
                    String.join("; ", podWatch.troubles()) + ". Grant get, list and watch on pods, see docs/rbac.md.");
        } else if (pods.isEmpty()) {
            noPods(conditions, plan);
        } else if (!forbidden.isEmpty()) {
            conditions.isFalse(
                    "Sampling",
                    "MissingPermission",
                    "Not sampled, because exec is forbidden: " + names(forbidden) + ". "
                            + detail(forbidden.getFirst()));
        } else if (!unreachable.isEmpty()) {
            conditions.isFalse(
                    "Sampling",
                    "Unreachable",
                    "Nothing was heard of: " + names(unreachable) + ". Their MemoryReports say why.");
        } else if (pods.stream().allMatch(pod -> pod.containers().isEmpty())) {
            conditions.isUnknown("Sampling", "Starting", "The first samples are on their way.");
        } else {
            conditions.isTrue(
                    "Sampling", "AllSampled", "Every pod with a HotSpot JVM answers; the others are left alone.");
        }
    }

    private void noPods(Conditions conditions, PolicyPlan plan) {
        List<String> older = policies.olderClaimants(plan, podWatch);
        if (older.isEmpty()) {
            conditions.isFalse(
                    "Sampling",
                    "NoPodsMatched",
                    "The selector matches no running pod in namespace "
                            + plan.key().namespace()
                            + ". Compare spec.selector with the labels of `kubectl get pods --show-labels`.");
        } else {
            conditions.isFalse(
                    "Sampling",
                    "PodsClaimedByOtherPolicy",
                    "All pods the selector matches belong to an older policy: " + String.join(", ", older)
                            + ". Narrow one of the selectors.");
        }
    }

    private static void objectivesMet(Conditions conditions, PolicyPlan plan, List<ObjectiveStatus> objectives) {
        List<String> broken = objectives.stream()
                .filter(objective -> Boolean.FALSE.equals(objective.met()))
                .map(objective -> objective.name() + " (budget " + objective.budgetRemaining() + ", worst "
                        + Optional.ofNullable(objective.worst()).orElse("unknown") + ")")
                .toList();
        List<String> unseen = plan.objectives().stream()
                .filter(objective -> unjudged(objectives, objective.name()))
                .map(GrowthObjective::criterion)
                .flatMap(criterion -> criterion instanceof Criterion.BoundedGrowth growth && growth.className() != null
                        ? Stream.of(growth.className())
                        : Stream.empty())
                .toList();
        List<String> unknown = objectives.stream()
                .filter(objective -> objective.met() == null)
                .map(ObjectiveStatus::name)
                .toList();
        if (!broken.isEmpty()) {
            conditions.isFalse(
                    "ObjectivesMet", "BudgetSpent", "No error budget is left for " + String.join(", ", broken) + ".");
        } else if (!unseen.isEmpty()) {
            conditions.isUnknown(
                    "ObjectivesMet",
                    "UnknownClass",
                    "Not seen in two class histograms yet: " + String.join(", ", unseen)
                            + ". Check the spelling, as in Java source; while nothing is suspected, histograms are taken only with"
                            + " sampling.histogram.when: Periodic.");
        } else if (!unknown.isEmpty()) {
            conditions.isUnknown(
                    "ObjectivesMet",
                    "NothingJudgedYet",
                    "Nothing was judged yet for " + String.join(", ", unknown) + ".");
        } else {
            conditions.isTrue("ObjectivesMet", "WithinBudget", "Every objective has error budget left.");
        }
    }

    private static boolean unjudged(List<ObjectiveStatus> objectives, String name) {
        return objectives.stream().anyMatch(objective -> objective.name().equals(name) && objective.met() == null);
    }

    private void acting(Conditions conditions, MemoryPolicy policy, PolicyPlan plan, List<PodView> pods) {
        Optional<ActionRecord> last = actions.of(policy).stream().findFirst();
        String lastWords = last.map(
                        action -> " Last: " + action.outcome() + " " + action.pod() + " at " + action.time() + ".")
                .orElse("");
        String obstacle = resizes.obstacleTo(plan);
        if (!plan.enforces()) {
            conditions.isFalse(
                    "Acting",
                    "Observing",
                    "Mode is Observe: restarts are only told, not done." + lastWords
                            + (obstacle.isEmpty() ? "" : " " + obstacle + "."));
        } else if (last.filter(action -> action.outcome().equals("BlockedByBudget"))
                .isPresent()) {
            conditions.isFalse(
                    "Acting",
                    "RestartBlocked",
                    "Pod " + last.get().pod() + " cannot be restarted now: "
                            + last.get().reason());
        } else if (refused(pods).isPresent()) {
            RestartWord word = refused(pods).get();
            conditions.isFalse(
                    "Acting",
                    word.outcome(),
                    word.sentence() + "." + (obstacle.isEmpty() ? "" : " " + obstacle + ".") + lastWords);
        } else if (!obstacle.isEmpty()) {
            conditions.isFalse(
                    "Acting",
                    "CannotResize",
                    "Restarts are done as the policy says, but no memory limit is raised while they wait. " + obstacle
                            + "." + lastWords);
        } else {
            conditions.isTrue("Acting", "Enforcing", "Restarts are done as the policy says." + lastWords);
        }
    }

    /** The newest word of the gate against a restart that people have to know of. */
    private static Optional<RestartWord> refused(List<PodView> pods) {
        return pods.stream()
                .flatMap(pod -> Optional.ofNullable(pod.restart()).stream())
                .filter(word -> Arrays.stream(GateRefusal.values())
                        .anyMatch(
                                reason -> reason.worthAnEvent() && reason.name().equals(word.outcome())))
                .max(Comparator.comparing(RestartWord::at));
    }

    private static boolean execForbidden(PodView pod) {
        return pod.containers().stream()
                .anyMatch(container -> container.leftAlone() != null
                        && container.leftAlone().reason().equals(RefusalReason.ExecForbidden.name()));
    }

    private static String detail(PodView pod) {
        return pod.containers().stream()
                .map(ContainerView::leftAlone)
                .filter(reason -> reason != null)
                .map(reason -> reason.detail())
                .findFirst()
                .orElse("");
    }

    private static String names(List<PodView> pods) {
        String shown = pods.stream()
                .map(pod -> pod.pod().name())
                .sorted()
                .limit(NAMES_SHOWN)
                .collect(Collectors.joining(", "));
        return pods.size() > NAMES_SHOWN ? shown + " and " + (pods.size() - NAMES_SHOWN) + " more" : shown;
    }
}
