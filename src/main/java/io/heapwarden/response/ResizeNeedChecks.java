package io.heapwarden.response;

import static io.heapwarden.response.ResizeQuestion.refused;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.response.ResizeDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a higher limit buys time that is needed. */
final class ResizeNeedChecks {

    /** A restart that waits for other pods is taken to wait this long. */
    static final Duration UNKNOWN_WAIT = Duration.ofHours(1);

    /**
     * The refusals that pass with time. {@link RestartGate} asks them last, so a restart that waits is of a leak that is confirmed, certain enough and
     * cured by a restart, in a pod that something brings back.
     */
    static final Set<GateRefusal> WAITING = EnumSet.of(
            GateRefusal.OutsideWindow,
            GateRefusal.CoolingDown,
            GateRefusal.RestartDidNotHelp,
            GateRefusal.RetryingLater,
            GateRefusal.DailyLimit,
            GateRefusal.FleetBudget,
            GateRefusal.ReplacementPending,
            GateRefusal.TooManyUnavailable,
            GateRefusal.DisruptionBudget);

    private ResizeNeedChecks() {}

    static @Nullable Refused restartWaits(ResizeQuestion question) {
        GateRefusal reason = question.proposal().restart().reason();
        return WAITING.contains(reason)
                ? null
                : refused(
                        ResizeRefusal.RestartDoesNotWait,
                        "The restart of %s is refused as %s, which time does not change, so none is bought",
                        question.proposal().pod(),
                        reason);
    }

    static @Nullable Refused limitRunsOut(ResizeQuestion question) {
        if (question.containerIsTheLimit()) {
            return null;
        }
        Exhaustion end = question.assessment().exhaustion();
        return refused(
                ResizeRefusal.JvmIsTheLimit,
                "%s in container %s meets a limit of the JVM before the container's%s: a larger container does not move that. Set -Xmx,"
                        + " -XX:MaxMetaspaceSize or -XX:MaxDirectMemorySize higher with the next rollout, or let the policy evict sooner",
                question.assessment().verdict(),
                question.container().name(),
                end == null ? "" : ", that of " + end.signal());
    }

    static @Nullable Refused endIsNearer(ResizeQuestion question) {
        Exhaustion end = question.end();
        if (end == null) {
            return null;
        }
        Instant earliest = question.now().plus(end.earliest());
        Instant restart = question.proposal().restart().askAgainAt();
        Instant waitsUntil = restart == null ? question.now().plus(UNKNOWN_WAIT) : restart;
        return earliest.isBefore(waitsUntil)
                ? null
                : refused(
                        ResizeRefusal.TimeEnough,
                        "The memory of container %s lasts until %s at least, and the restart %s",
                        question.container().name(),
                        GateQuestion.spelled(earliest),
                        restart == null
                                ? "waits for other pods: a limit is raised in the last hour"
                                : "may be from " + GateQuestion.spelled(restart) + " on");
    }
}
