package io.heapwarden.response;

import java.time.Duration;
import java.util.List;

/**
 * What a policy allows.
 *
 * @param enforce false: say what would be done, and do nothing
 * @param minConfidence how likely a verdict must be right, 0 to 1
 * @param cooldown least time between two acts on a workload
 * @param leastRelief time for which a restart has to help; where it does not, the cooldown doubles
 * @param maxPerDay most acts on a workload in any 24 hours
 * @param maxUnavailable most pods of a workload that may be missing or not Ready, the restarted one among them
 * @param windows when a restart may happen, any of them; empty means always
 * @param retryAfter least time after an attempt that came to nothing
 * @param betweenAny least time between two acts of the whole installation, so that a bad release is no storm
 */
public record RestartRules(
        boolean enforce,
        double minConfidence,
        Duration cooldown,
        Duration leastRelief,
        int maxPerDay,
        MaxUnavailable maxUnavailable,
        List<RestartWindow> windows,
        Duration retryAfter,
        Duration betweenAny) {

    public static final double DEFAULT_MIN_CONFIDENCE = 0.5;
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(30);
    public static final Duration DEFAULT_LEAST_RELIEF = Duration.ofHours(1);
    public static final int DEFAULT_MAX_PER_DAY = 3;
    public static final MaxUnavailable DEFAULT_MAX_UNAVAILABLE = MaxUnavailable.percent(20);
    public static final Duration DEFAULT_RETRY_AFTER = Duration.ofMinutes(5);

    /** Twenty an hour. */
    public static final Duration DEFAULT_BETWEEN_ANY = Duration.ofMinutes(3);

    /** What holds when a policy says nothing: no act, only words. */
    public static final RestartRules DEFAULT = new RestartRules(
            false,
            DEFAULT_MIN_CONFIDENCE,
            DEFAULT_COOLDOWN,
            DEFAULT_LEAST_RELIEF,
            DEFAULT_MAX_PER_DAY,
            DEFAULT_MAX_UNAVAILABLE,
            List.of(),
            DEFAULT_RETRY_AFTER,
            DEFAULT_BETWEEN_ANY);

    /** The same rules within what the whole installation allows. */
    public RestartRules withBetweenAny(Duration distance) {
        return new RestartRules(
                enforce,
                minConfidence,
                cooldown,
                leastRelief,
                maxPerDay,
                maxUnavailable,
                windows,
                retryAfter,
                distance);
    }

    public RestartRules {
        windows = List.copyOf(windows);
        if (cooldown.isNegative() || retryAfter.isNegative() || leastRelief.isNegative() || betweenAny.isNegative()) {
            throw new IllegalArgumentException("times between restarts cannot be negative");
        }
        if (maxPerDay < 1) {
            throw new IllegalArgumentException(
                    "maxPerDay is " + maxPerDay + ": give at least 1, or use mode: Observe to restart nothing");
        }
    }
}
