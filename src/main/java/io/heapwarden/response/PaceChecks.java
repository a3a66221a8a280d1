package io.heapwarden.response;

import static io.heapwarden.response.GateQuestion.refused;
import static io.heapwarden.response.GateQuestion.spelled;

import io.heapwarden.response.GateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this is the time for it: windows, and what was done to the workload before. */
final class PaceChecks {

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
        return question.last(action -> action.outcome() == ActionOutcome.Intended)
                .map(intent -> tooEarly(
                        question,
                        GateRefusal.IntentPending,
                        intent.at().plus(RestartGate.INTENT_PENDING),
                        "A restart in %s was begun at %s and has no outcome yet"
                                .formatted(question.workload().name(), spelled(intent.at()))))
                .orElse(null);
    }

    static @Nullable Refused cooldownIsOver(GateQuestion question) {
        Duration cooldown = question.rules().cooldown();
        return question.last(action -> action.outcome().isAct())
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

    static @Nullable Refused restartsHelp(GateQuestion question) {
        int inRow = ReliefCheck.inRow(question);
        Duration longer = ReliefCheck.cooldown(question.rules().cooldown(), inRow);
        return question.last(action -> action.outcome().isAct())
                .map(act -> tooEarly(
                        question,
                        GateRefusal.RestartDidNotHelp,
                        act.at().plus(longer),
                        "The last %d restarts in %s brought less than %s of relief each, so the cooldown is %s instead of %s and ends at %s: the cause has to go"
                                .formatted(
                                        inRow,
                                        question.workload().name(),
                                        spelled(question.rules().leastRelief()),
                                        spelled(longer),
                                        spelled(question.rules().cooldown()),
                                        spelled(act.at().plus(longer)))))
                .orElse(null);
    }

    static @Nullable Refused fleetHasRoom(GateQuestion question) {
        PastAction elsewhere = question.elsewhere();
        return elsewhere == null
                ? null
                : tooEarly(
                        question,
                        GateRefusal.FleetBudget,
                        elsewhere.at().plus(question.rules().betweenAny()),
                        "%s was restarted at %s, and this installation restarts one pod every %s"
                                .formatted(
                                        elsewhere.workload(),
                                        spelled(elsewhere.at()),
                                        spelled(question.rules().betweenAny())));
    }

    static @Nullable Refused retryDistanceIsKept(GateQuestion question) {
        Instant lastAct = question.last(action -> action.outcome().isAct())
                .map(PastAction::at)
                .orElse(Instant.MIN);
        return question.last(
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

    private static @Nullable Refused tooEarly(
            GateQuestion question, GateRefusal reason, Instant until, String sentence) {
        return question.now().isBefore(until) ? new Refused(reason, sentence, until) : null;
    }
}
