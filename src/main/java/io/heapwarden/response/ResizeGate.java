package io.heapwarden.response;

import io.heapwarden.response.ResizeDecision.Allowed;
import io.heapwarden.response.ResizeDecision.DryRun;
import io.heapwarden.response.ResizeDecision.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that lets a memory limit be raised. A resize never stands for a restart: it only lets a container live until its restart may be, so the
 * question is asked with the refusal of {@link RestartGate}. Like that one it knows nothing but what it is given.
 *
 * <p>The checks are asked in the order of {@link ResizeRefusal} and the first refusal stands. Whether the policy only observes is asked last.
 */
public final class ResizeGate {

    /** One check: null lets the proposal through. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Refused refuse(ResizeQuestion question);
    }

    private static final List<Check> CHECKS = List.of(
            ResizeNeedChecks::restartWaits,
            ContainerChecks::canBeDone,
            ContainerChecks::limitIsKnown,
            ResizeNeedChecks::limitRunsOut,
            ContainerChecks::runsOn,
            ContainerChecks::nothingIsPending,
            ContainerChecks::ceilingIsHigher,
            ResizePaceChecks::podHasRoom,
            ResizePaceChecks::cooldownIsOver,
            ResizePaceChecks::retryDistanceIsKept,
            ResizeNeedChecks::endIsNearer);

    /**
     * Decides about one resize.
     *
     * @param last the pod's last resize; null when there was none
     */
    public ResizeDecision decide(
            ResizeProposal proposal,
            ResizableContainer container,
            ResizeRules rules,
            @Nullable PastResize last,
            Instant now) {
        ResizeQuestion question = new ResizeQuestion(proposal, container, rules, last, now);
        for (Check check : CHECKS) {
            Refused refused = check.refuse(question);
            if (refused != null) {
                return refused;
            }
        }
        long from = question.limit();
        long to = MemorySize.next(from, rules.ceiling());
        String what =
                "the memory limit of container %s of %s from %s to %s, of at most %s, resize %d of at most %d, as its restart has to wait: %s"
                        .formatted(
                                container.name(),
                                proposal.pod(),
                                MemorySize.spelled(from),
                                MemorySize.spelled(to),
                                MemorySize.spelled(rules.ceiling()),
                                question.done() + 1,
                                ResizeRules.MOST_OF_A_POD,
                                proposal.restart().sentence());
        return rules.enforce()
                ? new Allowed("Raising " + what, from, to, question.done() + 1)
                : new DryRun("Would raise " + what + "; the policy's mode is Observe, Enforce would let it happen");
    }
}
