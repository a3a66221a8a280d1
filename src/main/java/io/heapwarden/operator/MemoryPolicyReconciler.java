package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a policy's status in step with what is known of its pods. Nothing is probed here: pods are followed by {@link AssignmentLoop} and
 * sampled by {@link SamplingSchedule}; this reads what they know and writes what is new. Twice a second at most: where thousands of pods change at a time, each
 * would have it done.
 */
@ControllerConfiguration(name = "memorypolicy", informer = @Informer(informerListLimit = 500L))
@RateLimited(maxReconciliations = 2, within = 1, unit = TimeUnit.SECONDS)
@GradualRetry(initialInterval = 2000, intervalMultiplier = 2, maxInterval = 60_000, maxAttempts = 10)
public class MemoryPolicyReconciler implements Reconciler<MemoryPolicy> {

    /** Figures in the status are at most this old. */
    private static final Duration REFRESH = Duration.ofSeconds(15);

    private final PolicyCache policies;
    private final PolicyTrigger trigger;
    private final AssignmentLoop assignments;
    private final IntentSettlement intents;
    private final PolicyStatusWriter status;
    private final PolicyReminders reminders;
    private final PolicyMetrics metrics;

    MemoryPolicyReconciler(
            PolicyCache policies,
            PolicyTrigger trigger,
            AssignmentLoop assignments,
            IntentSettlement intents,
            PolicyStatusWriter status,
            PolicyReminders reminders,
            PolicyMetrics metrics) {
        this.policies = policies;
        this.trigger = trigger;
        this.assignments = assignments;
        this.intents = intents;
        this.status = status;
        this.reminders = reminders;
        this.metrics = metrics;
    }

    @Override
    public List<EventSource<?, MemoryPolicy>> prepareEventSources(EventSourceContext<MemoryPolicy> context) {
        policies.use(context.getPrimaryCache());
        return List.of(trigger.eventSource());
    }

    @Override
    public UpdateControl<MemoryPolicy> reconcile(MemoryPolicy policy, Context<MemoryPolicy> context) {
        assignments.wake();
        intents.settle(policy);
        status.writeOrThrow(PolicyKey.of(policy));
        reminders.tell(policy);
        policies.plan(policy).ifPresent(metrics::show);
        return UpdateControl.<MemoryPolicy>noUpdate().rescheduleAfter(REFRESH);
    }
}
