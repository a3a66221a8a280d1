package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.State;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells changes of a pod's state as Events on the pod and on its policy: once when it gets worse, once when it is over. */
@ApplicationScoped
public class StateEvents {

    private final PolicyEvents events;

    StateEvents(PolicyEvents events) {
        this.events = events;
    }

    void tell(Pod pod, PolicyPlan plan, PodMonitor monitor, boolean wanted) {
        @Nullable ContainerView worst = monitor.view().worst().orElse(null);
        if (worst == null) {
            return;
        }
        State state = worst.state();
        State told = monitor.toldState();
        if (wanted && state.confirmed() && state != told && !(told == State.Critical)) {
            monitor.tell(state);
            events.onBoth(
                    state == State.Critical ? EventReason.LeakCritical : EventReason.LeakConfirmed,
                    pod,
                    plan.key(),
                    sentence(worst));
        } else if (told.confirmed() && state == State.Healthy) {
            monitor.tell(state);
            events.onBoth(
                    EventReason.LeakCleared,
                    pod,
                    plan.key(),
                    "Container " + worst.container() + ": the growth has come back, no leak is confirmed any more");
        }
    }

    private static String sentence(ContainerView container) {
        Assessment assessment = container.assessment();
        if (assessment == null) {
            return "Container " + container.container() + " is " + container.state();
        }
        String culprits = assessment.culprits().stream()
                .limit(3)
                .map(culprit -> culprit.className() + " (+" + Phrases.bytes(culprit.bytesPerHour()) + "/h)")
                .collect(Collectors.joining(", "));
        return "Container " + container.container() + ": " + assessment.verdict()
                + (culprits.isEmpty() ? "" : ", growing: " + culprits)
                + (assessment.exhaustion() == null
                        ? ""
                        : ", " + assessment.exhaustion().signal() + " reaches its limit in "
                                + Phrases.exhaustion(assessment.exhaustion()))
                + assessment.reasons().stream()
                        .findFirst()
                        .map(reason -> ". " + reason)
                        .orElse("");
    }
}
