package io.heapwarden.response;

import io.heapwarden.response.GateDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything the checks look at.
 *
 * @param history of the workload alone, oldest first
 * @param elsewhere the last act on any other workload; null when there was none
 */
record GateQuestion(
        RestartProposal proposal,
        WorkloadView workload,
        RestartRules rules,
        List<PastAction> history,
        @Nullable PastAction elsewhere,
        Instant now) {

    private static final Duration DAY = Duration.ofHours(24);

    static GateQuestion of(
            RestartProposal proposal, WorkloadView workload, RestartRules rules, RestartHistory history, Instant now) {
        String namespace = proposal.pod().namespace();
        return new GateQuestion(
                proposal,
                workload,
                rules,
                history.of(namespace, workload.name()),
                history.lastActElsewhere(namespace, workload.name()).orElse(null),
                now);
    }

    List<PastAction> acts() {
        return history.stream().filter(action -> action.outcome().isAct()).toList();
    }

    /** The newest that is so. */
    Optional<PastAction> last(Predicate<PastAction> which) {
        return history.stream().filter(which).reduce((earlier, later) -> later);
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
