package io.heapwarden.response;

import java.time.Instant;

/**
 * The last resize of a pod that was done or tried.
 *
 * @param at when it was intended
 * @param outcome what came of it
 * @param number how many-th of the pod it was, from 1; one that came to nothing leaves its number to the next
 */
public record PastResize(Instant at, ActionOutcome outcome, int number) {

    /** Resizes of the pod that were done, or may have been. */
    int done() {
        return outcome.isAttempt() || outcome == ActionOutcome.Gone ? number - 1 : number;
    }
}
