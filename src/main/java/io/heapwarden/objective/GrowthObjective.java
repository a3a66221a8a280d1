package io.heapwarden.objective;

import java.time.Duration;

/**
 * A growth objective with its error budget, in the manner of service level objectives (Google, The Site Reliability Workbook, chapter 2).
 *
 * @param name unique in its policy
 * @param criterion what must hold
 * @param target share of pod time in which it must hold, above 0 and below 1
 * @param period time over which the share is counted
 */
public record GrowthObjective(String name, Criterion criterion, double target, Duration period) {

    /** What holds for a policy that names no objective: no confirmed leak in 99 % of pod time over 30 days. */
    public static final GrowthObjective NO_LEAK =
            new GrowthObjective("no-leak", new Criterion.NoConfirmedLeak(), 0.99, Duration.ofDays(30));

    public GrowthObjective {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException(
                    "objective " + name + ": target is " + target + ", must lie between 0 and 1");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("objective " + name + ": period is " + period + ", must be positive");
        }
    }
}
