package io.heapwarden.operator;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells each question to a JVM as a span. */
record TracedProbe(JvmProbe probe, Tracing tracing, PolicyKey policy) implements JvmProbe {

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return traced(target, "counters", () -> probe.counters(target));
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return traced(target, "histogram", () -> probe.histogram(target, last, live, maxPause));
    }

    private <T> ProbeResult<T> traced(Target target, String question, Supplier<ProbeResult<T>> asking) {
        try (TraceSpan span = tracing.begin(SpanKey.probe(target.podUid(), target.container()), null)) {
            span.with(SpanNames.NAMESPACE, target.namespace())
                    .with(SpanNames.POD, target.pod())
                    .with(SpanNames.CONTAINER, target.container())
                    .with(SpanNames.POLICY, policy.name())
                    .with(SpanNames.QUESTION, question);
            ProbeResult<T> result = asking.get();
            span.with(
                    SpanNames.OUTCOME,
                    switch (result) {
                        case Success<T> taken -> "Taken";
                        case Refusal<T> refused -> refused.reason().name();
                        case Failure<T> failed -> failed.reason().name();
                    });
            return result;
        }
    }
}
