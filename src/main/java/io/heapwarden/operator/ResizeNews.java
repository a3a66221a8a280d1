package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.response.Act;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Gone;
import io.heapwarden.response.ResizeDecision.Refused;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of the wish to raise a memory limit: in Events, metrics, the log, and the record of the policy's status. */
@ApplicationScoped
public class ResizeNews {

    private static final Logger LOG = Logger.getLogger(ResizeNews.class);

    private final PolicyEvents events;
    private final OperatorMetrics metrics;
    private final ActAudit audit;

    ResizeNews(PolicyEvents events, OperatorMetrics metrics, ActAudit audit) {
        this.events = events;
        this.metrics = metrics;
        this.audit = audit;
    }

    /** A resize begins; the intent is written. */
    void begins(RestartWish wish, String container, String sentence) {
        audit.resize(wish, container, sentence, ActionOutcome.Intended);
    }

    /** A resize was tried. */
    void attempted(RestartWish wish, String container, AttemptOutcome outcome, String sentence) {
        Pod pod = wish.pod();
        PolicyPlan plan = wish.plan();
        audit.resize(wish, container, outcome.message().isEmpty() ? sentence : outcome.message(), outcome.recordedAs());
        metrics.acted(Act.Resize, outcome.recordedAs());
        LOG.infof("%s: %s", outcome.recordedAs(), outcome.message().isEmpty() ? sentence : outcome.message());
        switch (outcome) {
            case Done done -> events.onBoth(EventReason.Resized, pod, plan.key(), sentence);
            case Gone gone -> LOG.debugf("Nothing to resize: %s", gone.message());
            case AttemptOutcome failed -> events.onBoth(EventReason.ResizeFailed, pod, plan.key(), failed.message());
        }
    }

    /** Nothing is done, as the policy only observes. */
    void would(Pod pod, PolicyPlan plan, String sentence) {
        metrics.acted(Act.Resize, ActionLog.DryRunOutcome.WouldHaveResized);
        events.onBoth(EventReason.WouldResize, pod, plan.key(), sentence);
    }

    /** The gate said no. */
    void refused(Pod pod, PolicyPlan plan, Refused refused) {
        metrics.resizeRefused(refused.reason());
        if (refused.reason().worthAnEvent()) {
            events.onBoth(
                    EventReason.ResizeRefused, pod, plan.key(), refused.reason().name(), refused.sentence());
        }
    }

    /** What stands in the policy's status. */
    ActionRecord record(
            RestartWish wish,
            WorkloadView workload,
            String outcome,
            String reason,
            ActionRecord.@Nullable Resize resize) {
        return new ActionRecord(
                wish.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                wish.pod().getMetadata().getName(),
                wish.pod().getMetadata().getUid(),
                workload.name(),
                Act.Resize.name(),
                outcome,
                reason,
                null,
                null,
                resize);
    }
}
