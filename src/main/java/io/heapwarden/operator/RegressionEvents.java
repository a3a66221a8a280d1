package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells once that a revision grows more than the one before it, on the first pod that shows it and on the policy. */
@ApplicationScoped
public class RegressionEvents {

    private final PolicyEvents events;
    private final WorkloadBook book;
    private final Clock clock;

    RegressionEvents(PolicyEvents events, WorkloadBook book, Clock clock) {
        this.events = events;
        this.book = book;
        this.clock = clock;
    }

    void tell(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        PodView view = monitor.view();
        for (ContainerView container : view.containers()) {
            Fleet fleet = container.fleet();
            Regression regression = fleet == null ? null : fleet.knowledge().regression();
            if (regression != null
                    && book.of(plan, view.workload(), container.container()).isNews(regression, clock.instant())) {
                events.onBoth(
                        EventReason.RevisionGrowsMore,
                        pod,
                        plan.key(),
                        "Container " + container.container() + " of " + view.workload() + ": "
                                + Phrases.regression(regression));
            }
        }
    }
}
