package io.heapwarden.response;

import java.time.Duration;
import java.util.List;

/**
 * What a policy allows.
 *
 * @param enforce false: say what would be done, and do nothing
 * @param cooldown least time between two acts on a workload
 * @param maxPerDay most acts on a workload in any 24 hours
 * @param maxUnavailable most pods of a workload that may be missing or not Ready, the restarted one among them
 * @param windows when a restart may happen, any of them; empty means always
 * @param retryAfter least time after an attempt that came to nothing
 */
public record RestartRules(
        boolean enforce,
        Duration cooldown,
        int maxPerDay,
        MaxUnavailable maxUnavailable,
        List<RestartWindow> windows,
        Duration retryAfter) {

    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(30);
    public static final int DEFAULT_MAX_PER_DAY = 3;
    public static final MaxUnavailable DEFAULT_MAX_UNAVAILABLE = MaxUnavailable.percent(20);
    public static final Duration DEFAULT_RETRY_AFTER = Duration.ofMinutes(5);

    /** What holds when a policy says nothing: no act, only words. */
    public static final RestartRules DEFAULT = new RestartRules(
            false, DEFAULT_COOLDOWN, DEFAULT_MAX_PER_DAY, DEFAULT_MAX_UNAVAILABLE, List.of(), DEFAULT_RETRY_AFTER);

    public RestartRules {
        windows = List.copyOf(windows);
        if (cooldown.isNegative() || retryAfter.isNegative()) {
            throw new IllegalArgumentException("a cooldown and a retry distance cannot be negative");
        }
        if (maxPerDay < 1) {
            throw new IllegalArgumentException(
                    "maxPerDay is " + maxPerDay + ": give at least 1, or use mode: Observe to restart nothing");
        }
    }
}
