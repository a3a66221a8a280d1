package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.api.MemoryPolicyStatus.PodCounts;
import io.heapwarden.api.MemoryPolicyStatus.Worst;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.State;
import io.heapwarden.response.NextRestart;
import io.heapwarden.response.PastAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what a policy's status says, from what is known of its pods. Reads, and changes nothing. */
@ApplicationScoped
public class PolicyStatusFactory {

    private final Monitors monitors;
    private final ActionLog actions;
    private final PolicyConditions conditions;
    private final PolicyObjectives objectives;
    private final PolicyWorkloads workloads;
    private final Trials trials;
    private final Clock clock;

    PolicyStatusFactory(
            Monitors monitors,
            ActionLog actions,
            PolicyConditions conditions,
            PolicyObjectives objectives,
            PolicyWorkloads workloads,
            Trials trials,
            Clock clock) {
        this.monitors = monitors;
        this.actions = actions;
        this.conditions = conditions;
        this.objectives = objectives;
        this.workloads = workloads;
        this.trials = trials;
        this.clock = clock;
    }

    MemoryPolicyStatus status(MemoryPolicy policy, PolicyPlan plan, @Nullable MemoryPolicyStatus before) {
        List<PodMonitor> pods = monitors.of(plan.key());
        List<PodView> views = pods.stream().map(PodMonitor::view).toList();
        List<ObjectiveStatus> kept = objectives.of(plan, pods);
        return new MemoryPolicyStatus(
                policy.getMetadata().getGeneration(),
                conditions.of(policy, plan, pods, kept, before == null ? null : before.conditions()),
                counts(views),
                kept,
                worst(views).orElse(null),
                actions.of(policy),
                workloads.of(plan, pods),
                nextRestart(policy, plan),
                trials.of(policy),
                plan.security().asksForAnything() ? FindingCounts.of(pods) : null);
    }

    /** The status of a policy that nobody can work by: only what is wrong with it, and what was done and learnt before. */
    MemoryPolicyStatus invalid(MemoryPolicy policy, String mistake, @Nullable MemoryPolicyStatus before) {
        return new MemoryPolicyStatus(
                policy.getMetadata().getGeneration(),
                conditions.ofInvalid(policy, mistake, before == null ? null : before.conditions()),
                null,
                null,
                null,
                actions.of(policy),
                before == null ? null : before.workloads(),
                null,
                trials.of(policy),
                null);
    }

    private @Nullable String nextRestart(MemoryPolicy policy, PolicyPlan plan) {
        List<PastAction> acts = actions.lastWorkload(policy);
        return acts.isEmpty()
                ? null
                : NextRestart.of(plan.restartRules(), acts, clock.instant())
                        .map(Instant::toString)
                        .orElse(null);
    }

    private static PodCounts counts(List<PodView> views) {
        Map<State, Integer> byState = new EnumMap<>(State.class);
        int leftAlone = 0;
        for (PodView view : views) {
            if (view.state().isPresent()) {
                byState.merge(view.state().get(), 1, Integer::sum);
            } else if (!view.containers().isEmpty()) {
                leftAlone++;
            }
        }
        int sampled = (int) views.stream().filter(PodView::sampled).count();
        return new PodCounts(
                views.size(),
                sampled,
                leftAlone,
                byState.getOrDefault(State.WarmingUp, 0),
                byState.getOrDefault(State.Healthy, 0),
                byState.getOrDefault(State.Suspect, 0),
                byState.getOrDefault(State.Leaking, 0),
                byState.getOrDefault(State.Critical, 0),
                byState.getOrDefault(State.Unreachable, 0));
    }

    private static Optional<Worst> worst(List<PodView> views) {
        return views.stream()
                .filter(view -> view.state().isPresent())
                .max(Comparator.comparingInt(
                                (PodView view) -> PodView.urgency(view.state().orElseThrow()))
                        .thenComparing(view -> view.pod().name(), Comparator.reverseOrder()))
                .filter(view -> PodView.urgency(view.state().orElseThrow()) > PodView.urgency(State.Healthy))
                .map(PolicyStatusFactory::worst);
    }

    private static Worst worst(PodView view) {
        Optional<Assessment> assessment = view.worst().map(ContainerView::assessment);
        return new Worst(
                view.pod().name(),
                view.state().orElseThrow().name(),
                view.verdict().name(),
                assessment
                        .flatMap(known -> known.culprits().stream().findFirst())
                        .map(Culprit::className)
                        .orElse(null),
                assessment.map(Assessment::exhaustion).map(Phrases::exhaustion).orElse(null));
    }
}
