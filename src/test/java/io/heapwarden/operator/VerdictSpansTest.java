package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.Tracing;
import io.heapwarden.telemetry.otlp.OtlpSettings;
import io.heapwarden.telemetry.otlp.OtlpStandIn;
import io.heapwarden.telemetry.otlp.OtlpTracing;
import io.heapwarden.time.MovableClock;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictSpansTest {

    private static final PodKey POD = new PodKey("shop", "checkout-6c9-0", "uid-1");
    private static final Target TARGET = new Target("shop", "checkout-6c9-0", "uid-1", "app", "containerd://1");

    private final PolicyPlan plan = PolicyPlan.of(Shop.policy());

    @Test
    void onlyAChangeOfStateIsTold() throws IOException {
        List<Span> verdicts =
                told(List.of(State.WarmingUp, State.Healthy, State.Healthy, State.Leaking, State.Leaking));

        assertThat(verdicts)
                .extracting(span -> OtlpStandIn.attributes(span.getAttributesList()))
                .extracting(all -> all.get("heapwarden.state.before") + " to " + all.get("heapwarden.state"))
                .containsExactly("WarmingUp to Healthy", "Healthy to Leaking");
    }

    @Test
    void aVerdictIsBelowTheProbeThatBroughtIt() throws IOException {
        try (OtlpStandIn collector = new OtlpStandIn()) {
            try (Tracing tracing = tracing(collector)) {
                new TracedProbe(new ScriptedProbe(new MovableClock()), tracing, plan.key()).counters(TARGET);
                new VerdictSpans(tracing).look(view(State.Leaking), plan);
            }

            Span probe = collector.spans("probe").getFirst();
            Span verdict = collector.spans("verdict").getFirst();
            assertThat(verdict.getParentSpanId()).isEqualTo(probe.getSpanId());
            assertThat(OtlpStandIn.attributes(probe.getAttributesList()))
                    .containsAllEntriesOf(Map.of(
                            "heapwarden.question",
                            "counters",
                            "heapwarden.outcome",
                            "Taken",
                            "heapwarden.container",
                            "app"));
        }
    }

    private List<Span> told(List<State> states) throws IOException {
        try (OtlpStandIn collector = new OtlpStandIn()) {
            try (Tracing tracing = tracing(collector)) {
                VerdictSpans verdicts = new VerdictSpans(tracing);
                states.forEach(state -> verdicts.look(view(state), plan));
            }
            return collector.spans("verdict");
        }
    }

    private static Tracing tracing(OtlpStandIn collector) {
        return OtlpTracing.start(new OtlpSettings(collector.endpoint(), null, "1.2.3", "heapwarden-0"));
    }

    private static PodView view(State state) {
        return new PodView(
                POD,
                Workload.of(Shop.pod("checkout-6c9-0")),
                List.of(Views.container(state, Verdict.RetentionLeak)),
                null,
                null);
    }
}
