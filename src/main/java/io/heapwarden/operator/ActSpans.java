package io.heapwarden.operator;

import io.heapwarden.response.GateDecision;
import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.RestartCause.Growth;
import io.heapwarden.response.RestartCause.SecurityFinding;
import io.heapwarden.telemetry.TraceSpan;

/** What the span of an act says. */
final class ActSpans {

    private ActSpans() {}

    static void describe(TraceSpan span, RestartWish wish) {
        span.with(SpanNames.NAMESPACE, wish.identity().namespace())
                .with(SpanNames.POD, wish.identity().name())
                .with(SpanNames.POLICY, wish.plan().key().name());
        switch (wish.cause()) {
            case Growth growth ->
                span.with(SpanNames.VERDICT, growth.verdict().name())
                        .with(SpanNames.STATE, growth.state().name());
            case SecurityFinding finding ->
                span.with(SpanNames.RISK, finding.severity().name()).with(SpanNames.RULE, finding.rule());
        }
    }

    static void describe(TraceSpan span, GateDecision decision) {
        span.with(
                        SpanNames.DECISION,
                        switch (decision) {
                            case Allowed allowed -> "Allowed";
                            case DryRun wouldBe -> "DryRun";
                            case Refused refused -> refused.reason().name();
                        })
                .with(SpanNames.REASON, decision.sentence());
    }
}
