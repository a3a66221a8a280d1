package io.heapwarden.evaluation;

import io.heapwarden.evaluation.baseline.Alarms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One trace and one plain rule.
 *
 * @param truth what is true
 * @param alarms what the rule said
 * @param headroomUsed share of the headroom used when it alarmed first; null where it did not or that cannot be said
 * @param timeUsed share of the time to exhaustion that was over then
 */
record RuleOutcome(Truth truth, Alarms alarms, @Nullable Double headroomUsed, @Nullable Double timeUsed) {

    static RuleOutcome of(Truth truth, Alarms alarms, Runway runway) {
        Instant first = alarms.first();
        return new RuleOutcome(
                truth,
                alarms,
                first == null ? null : runway.used(first),
                first == null ? null : runway.timeUsed(first));
    }

    /** A leak on which it alarmed at some time: a rule that flaps has still called somebody. */
    boolean found() {
        return truth.kind() == Kind.Leak && alarms.first() != null && !tooEarly();
    }

    boolean falseAlarm() {
        return truth.kind() == Kind.Leak ? tooEarly() : alarms.first() != null;
    }

    private boolean tooEarly() {
        Instant first = alarms.first();
        return first != null && truth.leakFrom() != null && first.isBefore(truth.leakFrom());
    }

    boolean names(int first) {
        return alarms.classes().stream().limit(first).anyMatch(truth.culprits()::contains);
    }
}
