package io.heapwarden.probe;

import java.time.Duration;

/**
 * How much of an application's time may be taken away. docs/probing.md lists these defaults for users.
 *
 * @param share largest share of a container's time that pauses may take, over {@link #PERIOD}; 0.0001, which is 8.6 s a day
 * @param perNode containers of one node that may be paused at once; 2
 * @param perWorkload replicas of one workload that may be paused at once; 1, so that the others serve
 */
public record PauseLimits(double share, int perNode, int perWorkload) {

    /** Over which time the share is taken. */
    public static final Duration PERIOD = Duration.ofDays(1);

    public static final PauseLimits DEFAULTS = new PauseLimits(0.0001, 2, 1);

    public PauseLimits {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of time that pauses may take must be above 0 and at most 1, not " + share);
        }
        if (perNode < 1 || perWorkload < 1) {
            throw new IllegalArgumentException("at least one container must be allowed to be paused at once");
        }
    }

    /** The pauses of one container over the period, added up, that are allowed. */
    Duration allowance() {
        return Duration.ofNanos(Math.round(PERIOD.toNanos() * share));
    }
}
