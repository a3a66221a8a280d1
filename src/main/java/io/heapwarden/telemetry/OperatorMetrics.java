package io.heapwarden.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the operator counts of its own work. Labels are taken as enums where they can be, so that nobody passes a pod,
 * a class or a message: each would be a time series of its own.
 */
public final class OperatorMetrics {

    private static final Duration[] SAMPLE_BUCKETS = List.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000).stream()
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** The first ones around the objective: 20 ms in the middle, 100 ms at the end. */
    private static final Duration[] ACT_BUCKETS = List.of(5, 10, 20, 50, 100, 250, 500, 1_000, 5_000).stream()
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final Duration[] DETECT_BUCKETS =
            List.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private static final Duration[] NO_BUCKETS = {};

    private final MeterRegistry registry;
    private final PolicyGauges gauges;

    public OperatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.gauges = new PolicyGauges(registry);
    }

    /** A sample was taken, or was not. */
    public void sampled(Enum<?> result, Duration took) {
        count(Metric.Samples, result.name());
        time(Metric.SampleSeconds, took, SAMPLE_BUCKETS, result.name());
    }

    /** A command was run in a container. */
    public void probeCommand(Enum<?> kind) {
        count(Metric.ProbeCommands, kind.name());
    }

    /** A container was left alone. */
    public void refused(Enum<?> reason) {
        count(Metric.Refusals, reason.name());
    }

    /** A class histogram was asked for. */
    public void histogram(Enum<?> result) {
        count(Metric.Histograms, result.name());
    }

    /** Something was done about a pod. */
    public void acted(Enum<?> action, Enum<?> outcome) {
        count(Metric.Actions, action.name(), outcome.name());
    }

    /** The gate said no. */
    public void gateRefused(Enum<?> reason) {
        count(Metric.GateRefusals, reason.name());
    }

    /** Something became of a notice; receivers are named by the installation, so they are few. */
    public void notice(String receiver, Enum<?> result) {
        count(Metric.Notices, receiver, result.name());
    }

    /** Something was found of a pod's security. */
    public void finding(Enum<?> source, Enum<?> severity) {
        count(Metric.Findings, source.name(), severity.name());
    }

    /** A finding became known so long after what it is about had happened. */
    public void findingDetected(Enum<?> source, Enum<?> severity, Duration after) {
        time(Metric.FindingDetectSeconds, after, DETECT_BUCKETS, source.name(), severity.name());
    }

    /** What a policy says of a finding was done so long after it became known. */
    public void findingActed(Enum<?> source, Enum<?> severity, Duration after) {
        time(Metric.FindingActSeconds, after, ACT_BUCKETS, source.name(), severity.name());
    }

    /** A finding is over after it stood so long. */
    public void findingOver(Enum<?> source, Enum<?> severity, Duration stood) {
        time(Metric.FindingSeconds, stood, NO_BUCKETS, source.name(), severity.name());
    }

    /** Shows a count of Falco's events that somebody else keeps. */
    public void falco(String what, LongSupplier count) {
        // A registry holds on to the function of a counter, not to what the function is given.
        FunctionCounter.builder(Metric.FalcoEvents.meter(), registry, held -> count.getAsLong())
                .description(Metric.FalcoEvents.description())
                .tags(labels(Metric.FalcoEvents, what))
                .register(registry);
    }

    /** Evidence was ordered. */
    public void evidence(Enum<?> result) {
        count(Metric.Evidence, result.name());
    }

    /** A memory limit was not raised. */
    public void resizeRefused(Enum<?> reason) {
        count(Metric.ResizeRefusals, reason.name());
    }

    /** Shows how a policy stands, in place of what was shown of it before. */
    public void policy(PolicyReading reading) {
        gauges.show(reading);
    }

    /** A policy is gone, and its gauges with it. */
    public void policyGone(String namespace, String policy) {
        gauges.remove(namespace, policy);
    }

    void eventHandled(EventResult result) {
        count(Metric.Events, result.name());
    }

    void apiCall(String verb, String resource, String code) {
        count(Metric.ApiCalls, verb, resource, code);
    }

    private void time(Metric metric, Duration took, Duration[] buckets, String... values) {
        Timer.builder(metric.meter())
                .description(metric.description())
                .serviceLevelObjectives(buckets)
                .tags(labels(metric, values))
                .register(registry)
                .record(took);
    }

    private void count(Metric metric, String... values) {
        Counter.builder(metric.meter())
                .description(metric.description())
                .tags(labels(metric, values))
                .register(registry)
                .increment();
    }

    private static Tags labels(Metric metric, String... values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.labels().get(i), values[i]);
        }
        return tags;
    }
}
