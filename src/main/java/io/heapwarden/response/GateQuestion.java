package io.heapwarden.response;

import io.heapwarden.response.GateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything the checks look at; the history is that of the workload alone, oldest first. */
record GateQuestion(
        RestartProposal proposal, WorkloadView workload, RestartRules rules, List<PastAction> history, Instant now) {

    private static final Duration DAY = Duration.ofHours(24);

    static GateQuestion of(
            RestartProposal proposal,
            WorkloadView workload,
            RestartRules rules,
            List<PastAction> history,
            Instant now) {
        List<PastAction> own = history.stream()
                .filter(action -> action.workload().equals(workload.name()))
                .sorted(Comparator.comparing(PastAction::at))
                .toList();
        return new GateQuestion(proposal, workload, rules, own, now);
    }

    List<PastAction> acts() {
        return history.stream().filter(action -> action.outcome().isAct()).toList();
    }

    /** Acts that are less than 24 hours old; one exactly that old no longer counts. */
    List<PastAction> actsOfLastDay() {
        return acts().stream()
                .filter(action -> action.at().plus(DAY).isAfter(now))
                .toList();
    }

    static Instant leavesTheDay(PastAction action) {
        return action.at().plus(DAY);
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is in a library of its own; every sentence is tested.
    static Refused refused(GateRefusal reason, @Nullable Instant askAgainAt, String sentence, Object... arguments) {
        return new Refused(reason, sentence.formatted(arguments), askAgainAt);
    }

    /** A duration as it is spelled in a policy: {@code 30m}, {@code 1h30m}. */
    static String spelled(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** A time to the second, which is what people compare with the times that Kubernetes shows. */
    static String spelled(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
