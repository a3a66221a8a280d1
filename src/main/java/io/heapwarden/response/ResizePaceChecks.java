package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.spelled;
import static io.heapwarden.response.ResizeQuestion.refused;

import io.heapwarden.response.ResizeDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether this is the time for it, after the pod's resizes before. */
final class ResizePaceChecks {

    private ResizePaceChecks() {}

    static @Nullable Refused podHasRoom(ResizeQuestion question) {
        return question.done() < ResizeRules.MOST_OF_A_POD
                ? null
                : refused(
                        ResizeRefusal.OftenEnough,
                        "%s was resized %d times and may be %d times: it has to be restarted, so open a window, or restart it by hand",
                        question.proposal().pod(),
                        question.done(),
                        ResizeRules.MOST_OF_A_POD);
    }

    static @Nullable Refused cooldownIsOver(ResizeQuestion question) {
        PastResize last = question.last();
        if (last == null || last.outcome().isAttempt()) {
            return null;
        }
        Duration cooldown = question.rules().cooldown();
        // However short the cooldown, whoever wrote down an intent may still be at it.
        Duration distance =
                last.outcome() == ActionOutcome.Intended && cooldown.compareTo(RestartGate.INTENT_PENDING) < 0
                        ? RestartGate.INTENT_PENDING
                        : cooldown;
        Instant until = last.at().plus(distance);
        return question.now().isBefore(until)
                ? refused(
                        ResizeRefusal.CoolingDown,
                        "%s was last resized at %s; the next resize may be at %s",
                        question.proposal().pod(),
                        spelled(last.at()),
                        spelled(until))
                : null;
    }

    static @Nullable Refused retryDistanceIsKept(ResizeQuestion question) {
        PastResize last = question.last();
        if (last == null || !last.outcome().isAttempt()) {
            return null;
        }
        Instant until = last.at().plus(question.rules().retryAfter());
        return question.now().isBefore(until)
                ? refused(
                        ResizeRefusal.RetryingLater,
                        "The last attempt to resize %s at %s came to nothing (%s); the next may be at %s",
                        question.proposal().pod(),
                        spelled(last.at()),
                        last.outcome(),
                        spelled(until))
                : null;
    }
}
