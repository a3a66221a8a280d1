package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.refused;
import static io.heapwarden.response.GateQuestion.spelled;

import io.heapwarden.response.GateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether this is the time for it: windows, and what was done to the workload before. */
final class PaceChecks {

    /** An intent without an outcome is older than this only if the operator that wrote it is no longer at it. */
    static final Duration INTENT_PENDING = Duration.ofMinutes(2);

    private PaceChecks() {}

    static @Nullable Refused windowIsOpen(GateQuestion question) {
        List<RestartWindow> windows = question.rules().windows();
        if (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(question.now()))) {
            return null;
        }
        Optional<Instant> next = windows.stream()
                .flatMap(window -> window.nextOpening(question.now()).stream())
                .min(Comparator.naturalOrder());
        return refused(
                GateRefusal.OutsideWindow,
                next.orElse(null),
                "No restart window is open%s",
                next.map(opening -> "; the next opens at " + spelled(opening)).orElse(" in the next days"));
    }

    static @Nullable Refused noIntentIsPending(GateQuestion question) {
        return last(question, action -> action.outcome() == ActionOutcome.Intended)
                .map(intent -> tooEarly(
                        question,
                        GateRefusal.IntentPending,
                        intent.at().plus(INTENT_PENDING),
                        "A restart in %s was begun at %s and has no outcome yet"
                                .formatted(question.workload().name(), spelled(intent.at()))))
                .orElse(null);
    }

    static @Nullable Refused cooldownIsOver(GateQuestion question) {
        Duration cooldown = question.rules().cooldown();
        return last(question, action -> action.outcome().isAct())
                .map(act -> tooEarly(
                        question,
                        GateRefusal.CoolingDown,
                        act.at().plus(cooldown),
                        "The last restart in %s was at %s; the cooldown of %s ends at %s"
                                .formatted(
                                        question.workload().name(),
                                        spelled(act.at()),
                                        spelled(cooldown),
                                        spelled(act.at().plus(cooldown)))))
                .orElse(null);
    }

    static @Nullable Refused retryDistanceIsKept(GateQuestion question) {
        Instant lastAct = last(question, action -> action.outcome().isAct())
                .map(PastAction::at)
                .orElse(Instant.MIN);
        return last(
                        question,
                        action -> action.outcome().isAttempt() && action.at().isAfter(lastAct))
                .map(attempt -> tooEarly(
                        question,
                        GateRefusal.RetryingLater,
                        attempt.at().plus(question.rules().retryAfter()),
                        "The last attempt in %s at %s came to nothing (%s); the next is made no sooner than %s later"
                                .formatted(
                                        question.workload().name(),
                                        spelled(attempt.at()),
                                        attempt.outcome(),
                                        spelled(question.rules().retryAfter()))))
                .orElse(null);
    }

    static @Nullable Refused dayHasRoom(GateQuestion question) {
        List<PastAction> acts = question.actsOfLastDay();
        int most = question.rules().maxPerDay();
        if (acts.size() < most) {
            return null;
        }
        return refused(
                GateRefusal.DailyLimit,
                GateQuestion.leavesTheDay(acts.get(acts.size() - most)),
                "%s had %d restarts in the last 24h and may have %d: restarting does not cure it, the cause has to go",
                question.workload().name(),
                acts.size(),
                most);
    }

    private static Optional<PastAction> last(GateQuestion question, Predicate<PastAction> which) {
        return question.history().stream().filter(which).reduce((earlier, later) -> later);
    }

    private static @Nullable Refused tooEarly(
            GateQuestion question, GateRefusal reason, Instant until, String sentence) {
        return question.now().isBefore(until) ? new Refused(reason, sentence, until) : null;
    }
}
