package io.heapwarden.operator;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.PodIdentity;
import io.heapwarden.response.RestartWay;
import io.heapwarden.telemetry.AuditAct;
import io.heapwarden.telemetry.AuditEntry;
import io.heapwarden.telemetry.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Has the audit log say what is done about a wish: once before, as the operator may not live to see it done, and once after. */
@ApplicationScoped
public class ActAudit {

    private final AuditLog log;
    private final Clock clock;

    ActAudit(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void restart(RestartWish wish, RestartWay way, String reason, ActionOutcome outcome) {
        AuditAct act =
                switch (way) {
                    case Evict -> AuditAct.Evict;
                    case RolloutRestart -> AuditAct.RolloutRestart;
                };
        record(wish, act, "", reason, outcome);
    }

    void resize(RestartWish wish, String container, String reason, ActionOutcome outcome) {
        record(wish, AuditAct.Resize, container, reason, outcome);
    }

    /** What an operator began that ended before it knew what came of it; which way it went is known only from the outcome. */
    void settled(PolicyKey policy, ActionRecord record) {
        ActionRecord.Resize resize = record.resize();
        AuditAct act = resize != null
                ? AuditAct.Resize
                : record.outcome().equals(ActionOutcome.RolledOut.name()) ? AuditAct.RolloutRestart : AuditAct.Evict;
        Instant began = Instant.parse(record.time());
        log.record(new AuditEntry(
                began,
                act,
                policy.namespace(),
                record.pod(),
                record.podUid(),
                resize == null ? "" : resize.container(),
                policy.name(),
                String.valueOf(record.reason()),
                record.outcome(),
                Duration.between(began, clock.instant())));
    }

    private void record(RestartWish wish, AuditAct act, String container, String reason, ActionOutcome outcome) {
        PodIdentity pod = wish.identity();
        log.record(new AuditEntry(
                wish.at(),
                act,
                pod.namespace(),
                pod.name(),
                pod.uid(),
                container,
                wish.plan().key().name(),
                reason,
                outcome.name(),
                Duration.between(wish.at(), clock.instant())));
    }
}
