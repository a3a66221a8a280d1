package io.heapwarden.telemetry;

import java.time.Duration;

/**
 * How much may be said.
 *
 * @param dedupeWindow how long the same thing is not said again
 * @param burst Events that may be written about one object at once
 * @param refill time after which one more may be written about it
 * @param queue Events that may wait to be written; when there are more, the oldest is dropped
 * @param timeOut for each call of the API server
 */
record EventLimits(Duration dedupeWindow, int burst, Duration refill, int queue, Duration timeOut) {

    /** Bound of what is remembered, whatever the number of pods; the longest unused is forgotten first. */
    static final int REMEMBERED = 10_000;

    static final EventLimits DEFAULT =
            new EventLimits(Duration.ofMinutes(10), 25, Duration.ofMinutes(1), 1_000, Duration.ofSeconds(10));
}
