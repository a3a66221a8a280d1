package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.response.Act;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome;
import io.heapwarden.response.AttemptOutcome.BlockedByBudget;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Gone;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.RestartWay;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.response.notify.NoticeKind;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of the wish to restart a pod: in Events, metrics, the log, and the record of the policy's status. */
@ApplicationScoped
public class RestartNews {

    private static final Logger LOG = Logger.getLogger(RestartNews.class);

    private final PolicyEvents events;
    private final OperatorMetrics metrics;
    private final Notices notices;
    private final EvidenceOrders evidence;
    private final ActAudit audit;
    private final Tracing tracing;

    RestartNews(
            PolicyEvents events,
            OperatorMetrics metrics,
            Notices notices,
            EvidenceOrders evidence,
            ActAudit audit,
            Tracing tracing) {
        this.events = events;
        this.metrics = metrics;
        this.notices = notices;
        this.evidence = evidence;
        this.audit = audit;
        this.tracing = tracing;
    }

    /** A restart begins; the intent is written. */
    void begins(RestartWish wish, RestartWay way, String sentence) {
        audit.restart(wish, way, sentence, ActionOutcome.Intended);
        events.onBoth(EventReason.Restarting, wish.pod(), wish.plan().key(), traced(wish.pod(), sentence));
    }

    /** A restart was tried. */
    void attempted(RestartWish wish, RestartWay way, AttemptOutcome outcome, String sentence) {
        Pod pod = wish.pod();
        PolicyPlan plan = wish.plan();
        audit.restart(wish, way, outcome.message().isEmpty() ? sentence : outcome.message(), outcome.recordedAs());
        metrics.acted(Act.Restart, outcome.recordedAs());
        LOG.infof("%s: %s", outcome.recordedAs(), outcome.message().isEmpty() ? sentence : outcome.message());
        switch (outcome) {
            case Done done -> {
                events.onBoth(EventReason.Restarted, pod, plan.key(), traced(pod, sentence));
                notices.tell(NoticeKind.Restarted, pod, plan, null, sentence);
            }
            case Gone gone -> LOG.debugf("Nothing to restart: %s", gone.message());
            case BlockedByBudget blocked ->
                events.onBoth(
                        EventReason.RestartBlocked,
                        pod,
                        plan.key(),
                        traced(
                                pod,
                                closed(blocked.message()) + " It is tried again in "
                                        + Phrases.duration(plan.restartRules().retryAfter()) + "."));
            case AttemptOutcome failed -> {
                events.onBoth(EventReason.RestartFailed, pod, plan.key(), traced(pod, failed.message()));
                notices.tell(NoticeKind.RestartFailed, pod, plan, null, failed.message());
            }
        }
    }

    /** Nothing is done, as the policy only observes. */
    void would(Pod pod, PolicyPlan plan, String sentence) {
        metrics.acted(Act.Restart, ActionLog.DryRunOutcome.WouldHaveEvicted);
        events.onBoth(EventReason.WouldRestart, pod, plan.key(), traced(pod, sentence));
        notices.tell(NoticeKind.WouldRestart, pod, plan, null, sentence);
    }

    /** The gate said no. */
    void refused(Pod pod, PolicyPlan plan, Refused refused) {
        metrics.gateRefused(refused.reason());
        if (refused.reason().worthAnEvent()) {
            // Another reason is news, however soon it follows.
            String reason = refused.reason().name();
            events.onBoth(EventReason.RestartRefused, pod, plan.key(), reason, traced(pod, refused.sentence()));
            notices.tell(NoticeKind.RestartRefused, pod, plan, reason, refused.sentence());
        }
    }

    /** A restart that an operator began that ended is settled. */
    void settled(PolicyKey policy, ActionRecord record) {
        audit.settled(policy, record);
        LOG.infof("Settled as %s what was intended for %s at %s", record.outcome(), record.pod(), record.time());
    }

    /** What stands in the policy's status. */
    ActionRecord record(
            Pod pod, WorkloadView workload, String outcome, @Nullable String reason, Instant at, boolean again) {
        return new ActionRecord(
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                workload.name(),
                Act.Restart.name(),
                outcome,
                reason,
                again ? Boolean.TRUE : null,
                evidence.location(pod.getMetadata().getUid()));
    }

    private String traced(Pod pod, String sentence) {
        return tracing.tail(SpanKey.act(pod.getMetadata().getUid()), sentence);
    }

    private static String closed(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
