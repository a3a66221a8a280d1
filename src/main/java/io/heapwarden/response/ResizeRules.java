package io.heapwarden.response;

import java.time.Duration;

/**
 * What a policy and the installation allow.
 *
 * @param enforce false: say what would be done, and do nothing
 * @param ceiling up to which limit, in bytes
 * @param cooldown least time between two resizes of a pod
 * @param retryAfter least time after an attempt that came to nothing
 * @param ability whether it can be done at all
 */
public record ResizeRules(
        boolean enforce, long ceiling, Duration cooldown, Duration retryAfter, ResizeAbility ability) {

    /** Most resizes of one pod: three steps are nearly twice the limit, and what needs more needs a person. */
    public static final int MOST_OF_A_POD = 3;

    /** Of a policy that resizes, with the pace it gives to restarts. */
    public static ResizeRules of(RestartRules restart, long ceiling, ResizeAbility ability) {
        return new ResizeRules(restart.enforce(), ceiling, restart.cooldown(), restart.retryAfter(), ability);
    }
}
