package io.heapwarden.response;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the gate says to a proposal. Every answer is a sentence that people read. */
public sealed interface GateDecision {

    /** In words. */
    String sentence();

    /**
     * It may be done, now.
     *
     * @param sentence in words
     * @param again whether the pod replaced a restarted one and leaks already, to be kept with what is done
     */
    record Allowed(String sentence, boolean again) implements GateDecision {}

    /** It would have been allowed, but the policy only observes: nothing may be done. */
    record DryRun(String sentence) implements GateDecision {}

    /**
     * It may not be done.
     *
     * @param reason which check refused
     * @param sentence in words, with the numbers that decided
     * @param askAgainAt the earliest time at which this check says something else by itself; null when it waits for
     *     something other than time
     */
    record Refused(GateRefusal reason, String sentence, @Nullable Instant askAgainAt) implements GateDecision {}
}
