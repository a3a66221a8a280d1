package io.heapwarden.response.notify;

import java.time.Duration;

/**
 * Bounds of one receiver's outbox.
 *
 * @param capacity notices that may wait
 * @param attempts how often one is tried
 * @param age after which one is no news any more
 * @param perMinute notices that a receiver gets within a minute; critical ones are let through up to twice as many
 * @param repeatAfter after which the same is told again
 */
record OutboxLimits(int capacity, int attempts, Duration age, int perMinute, Duration repeatAfter) {

    static final int CAPACITY = 500;
    static final int ATTEMPTS = 20;
    static final Duration AGE = Duration.ofHours(1);
    static final Duration REPEAT_AFTER = Duration.ofHours(4);

    static OutboxLimits withRate(int perMinute) {
        return new OutboxLimits(CAPACITY, ATTEMPTS, AGE, perMinute, REPEAT_AFTER);
    }
}
