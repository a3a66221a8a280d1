package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.operator.ContainerView.ProbeTrouble;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells when class histograms are refused again and again, so that nobody waits for a culprit that will not be named. */
@ApplicationScoped
public class ProbeEvents {

    /** One refusal passes; this many of one kind are a state of affairs. */
    static final int LASTING = 3;

    private static final String HISTOGRAM = "histogram";

    private final PolicyEvents events;

    ProbeEvents(PolicyEvents events) {
        this.events = events;
    }

    void tell(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        for (ContainerView container : monitor.view().containers()) {
            if (lasts(container, plan)) {
                ProbeTrouble trouble = container.refusals().getFirst();
                events.onBoth(
                        EventReason.HistogramRefused,
                        pod,
                        plan.key(),
                        "Container " + container.container() + ": no class histogram is taken (" + trouble.reason()
                                + "): " + trouble.detail());
            }
        }
    }

    /** Told with the sample that met the last of them only. */
    private static boolean lasts(ContainerView container, PolicyPlan plan) {
        List<ProbeTrouble> newest = container.refusals().stream().limit(LASTING).toList();
        return newest.size() == LASTING
                && newest.stream()
                        .allMatch(trouble -> trouble.probe().equals(HISTOGRAM)
                                && trouble.reason().equals(newest.getFirst().reason()))
                && container.lastSample() != null
                && newest.getFirst()
                        .at()
                        .isAfter(container.lastSample().minus(plan.interval().dividedBy(2)));
    }
}
