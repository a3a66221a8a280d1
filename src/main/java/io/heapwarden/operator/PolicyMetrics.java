package io.heapwarden.operator;

import io.heapwarden.growth.State;
import io.heapwarden.objective.BurnPair;
import io.heapwarden.objective.BurnWindow;
import io.heapwarden.objective.Compliance;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.telemetry.PolicyReading;
import io.heapwarden.telemetry.PolicyReading.ObjectiveReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows each policy as gauges while it exists, so that alerting that is already there can take over. */
@ApplicationScoped
public class PolicyMetrics {

    private final Monitors monitors;
    private final PolicyObjectives objectives;
    private final PolicyCache policies;
    private final ActionLog actions;
    private final OperatorMetrics metrics;
    private final Clock clock;
    private final Set<PolicyKey> shown = new HashSet<>();

    PolicyMetrics(
            Monitors monitors,
            PolicyObjectives objectives,
            PolicyCache policies,
            ActionLog actions,
            OperatorMetrics metrics,
            Clock clock) {
        this.monitors = monitors;
        this.objectives = objectives;
        this.policies = policies;
        this.actions = actions;
        this.metrics = metrics;
        this.clock = clock;
    }

    synchronized void show(PolicyPlan plan) {
        List<PodMonitor> pods = monitors.of(plan.key());
        Map<State, Integer> byState = pods.stream()
                .flatMap(pod -> pod.view().state().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(pod -> 1)));
        metrics.policy(new PolicyReading(
                plan.key().namespace(),
                plan.key().name(),
                byState,
                FindingCounts.bySeverity(pods),
                coverage(pods),
                policies.policy(plan.key())
                        .map(policy -> JudgedActs.of(policy, actions.of(policy)))
                        .orElse(Map.of()),
                regressions(pods),
                plan.objectives().stream()
                        .map(objective -> reading(objective, plan, pods))
                        .toList()));
        shown.add(plan.key());
    }

    synchronized void dropAllBut(Set<PolicyKey> existing) {
        shown.stream().filter(policy -> !existing.contains(policy)).toList().forEach(policy -> {
            metrics.policyGone(policy.namespace(), policy.name());
            shown.remove(policy);
        });
    }

    private ObjectiveReading reading(GrowthObjective objective, PolicyPlan plan, List<PodMonitor> pods) {
        Compliance compliance = objectives.compliance(objective, plan, pods, clock.instant());
        Map<String, Double> rates = new HashMap<>();
        for (BurnWindow window : BurnWindow.values()) {
            rates.put(window.label(), orNaN(compliance.burnRate(window)));
        }
        Map<String, Boolean> burning = new HashMap<>();
        for (BurnPair pair : BurnPair.values()) {
            burning.put(pair.name(), compliance.burning().contains(pair));
        }
        return new ObjectiveReading(
                objective.name(),
                orNaN(compliance.compliance()),
                orNaN(compliance.budgetRemaining()),
                orNaN(compliance.missingShare()),
                rates,
                burning);
    }

    private static double coverage(List<PodMonitor> pods) {
        return pods.stream()
                .mapToInt(pod -> pod.view().sampled() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static int regressions(List<PodMonitor> pods) {
        return (int) pods.stream()
                .map(PodMonitor::view)
                .filter(view -> view.containers().stream()
                        .anyMatch(container -> container.fleet() != null
                                && container.fleet().knowledge().regression() != null))
                .map(view -> view.workload().toString())
                .distinct()
                .count();
    }

    private static double orNaN(@Nullable Double figure) {
        return figure == null ? Double.NaN : figure;
    }
}
