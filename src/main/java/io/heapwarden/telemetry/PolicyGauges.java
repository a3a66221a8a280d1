package io.heapwarden.telemetry;

import io.heapwarden.growth.State;
import io.heapwarden.security.Severity;
import io.heapwarden.telemetry.PolicyReading.Judgement;
import io.heapwarden.telemetry.PolicyReading.ObjectiveReading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/** The gauges of each policy, which come and go with it and with its objectives. */
final class PolicyGauges {

    private record Policy(String namespace, String name) {}

    private record Series(Metric metric, Tags tags) {}

    /** A gauge and the number it shows; the registry reads it from its own threads. */
    private static final class Shown {
        private volatile double value;
        private final Gauge gauge;

        Shown(Series series, MeterRegistry registry) {
            this.gauge = Gauge.builder(series.metric().meter(), this, shown -> shown.value)
                    .description(series.metric().description())
                    .tags(series.tags())
                    .strongReference(true)
                    .register(registry);
        }
    }

    private final MeterRegistry registry;
    private final Map<Policy, Map<Series, Shown>> policies = new HashMap<>();

    PolicyGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void show(PolicyReading reading) {
        Map<Series, Double> wanted = seriesOf(reading);
        Map<Series, Shown> shown =
                policies.computeIfAbsent(new Policy(reading.namespace(), reading.policy()), policy -> new HashMap<>());
        shown.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue().gauge);
            }
            return gone;
        });
        wanted.forEach(
                (series, value) -> shown.computeIfAbsent(series, absent -> new Shown(absent, registry)).value = value);
    }

    synchronized void remove(String namespace, String policy) {
        Map<Series, Shown> shown = policies.remove(new Policy(namespace, policy));
        if (shown != null) {
            shown.values().forEach(one -> registry.remove(one.gauge));
        }
    }

    private static Map<Series, Double> seriesOf(PolicyReading reading) {
        Map<Series, Double> series = new HashMap<>();
        Tags policy = Tags.of("namespace", reading.namespace(), "policy", reading.policy());
        for (State state : State.values()) {
            series.put(new Series(Metric.Pods, policy.and("state", state.name())), (double)
                    reading.pods().getOrDefault(state, 0));
        }
        for (Severity severity : Severity.values()) {
            series.put(new Series(Metric.OpenFindings, policy.and("severity", severity.name())), (double)
                    reading.findings().getOrDefault(severity, 0));
        }
        series.put(new Series(Metric.Coverage, policy), reading.coverage());
        for (Judgement judgement : Judgement.values()) {
            series.put(new Series(Metric.JudgedActs, policy.and("judgement", judgement.name())), (double)
                    reading.judged().getOrDefault(judgement, 0));
        }
        series.put(new Series(Metric.Regressions, policy), (double) reading.regressions());
        for (ObjectiveReading objective : reading.objectives()) {
            Tags tags = policy.and("objective", objective.name());
            series.put(new Series(Metric.ObjectiveCompliance, tags), objective.compliance());
            series.put(new Series(Metric.ObjectiveBudgetRemaining, tags), objective.budgetRemaining());
            series.put(new Series(Metric.ObjectiveMissing, tags), objective.missing());
            objective
                    .burnRates()
                    .forEach((window, rate) ->
                            series.put(new Series(Metric.ObjectiveBurnRate, tags.and("window", window)), rate));
            objective
                    .burning()
                    .forEach((pair, burns) ->
                            series.put(new Series(Metric.ObjectiveBurning, tags.and("pair", pair)), burns ? 1.0 : 0.0));
        }
        return series;
    }
}
