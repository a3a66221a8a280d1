package io.heapwarden.security;

import java.time.Instant;

/**
 * An observation of one pod, and how often it was made.
 *
 * @param observation what was seen last
 * @param firstSeen when it was seen first
 * @param lastSeen when it was seen last
 * @param count how often it was seen; a check that finds the same again counts
 */
public record Finding(Observation observation, Instant firstSeen, Instant lastSeen, long count) {

    static Finding first(Observation observation, Instant at) {
        return new Finding(observation, at, at, 1);
    }

    /** Events may come out of order: what is older than the last one moves only the beginning. */
    Finding again(Observation seen, Instant at) {
        boolean newer = !at.isBefore(lastSeen);
        return new Finding(
                newer ? seen : observation, at.isBefore(firstSeen) ? at : firstSeen, newer ? at : lastSeen, count + 1);
    }

    public Observation.Key key() {
        return observation.key();
    }

    public Severity severity() {
        return observation.severity();
    }
}
