package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.State;
import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells each change of a container's state as a span, below the probe that brought it. */
@ApplicationScoped
public class VerdictSpans {

    private static final int REMEMBERED = 10_000;

    private final Tracing tracing;
    private final Map<SpanKey, State> last = new LinkedHashMap<>();

    VerdictSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Called after each turn of a pod. */
    void look(PodView view, PolicyPlan plan) {
        if (tracing.on()) {
            view.containers().forEach(container -> look(view, container, plan));
        }
    }

    private void look(PodView view, ContainerView container, PolicyPlan plan) {
        SpanKey key = SpanKey.verdict(view.pod().uid(), container.container());
        State before = replace(key, container.state());
        if (before == container.state() || (before == null && container.state() == State.WarmingUp)) {
            return;
        }
        try (TraceSpan span = tracing.begin(key, SpanKey.probe(view.pod().uid(), container.container()))) {
            Assessment assessment = container.assessment();
            span.with(SpanNames.NAMESPACE, view.pod().namespace())
                    .with(SpanNames.POD, view.pod().name())
                    .with(SpanNames.CONTAINER, container.container())
                    .with(SpanNames.POLICY, plan.key().name())
                    .with(SpanNames.STATE, container.state().name())
                    .with(SpanNames.STATE_BEFORE, before == null ? "" : before.name())
                    .with(
                            SpanNames.VERDICT,
                            assessment == null ? "" : assessment.verdict().name());
        }
    }

    private synchronized @Nullable State replace(SpanKey key, State state) {
        State before = last.remove(key);
        last.put(key, state);
        if (last.size() > REMEMBERED) {
            last.remove(last.keySet().iterator().next());
        }
        return before;
    }
}
