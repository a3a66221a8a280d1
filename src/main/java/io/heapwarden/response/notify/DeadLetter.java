package io.heapwarden.response.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice that a receiver never got.
 *
 * @param id of the delivery
 * @param notice what was not told
 * @param at when it was given up
 * @param attempts how often it was tried
 * @param reason why it was given up
 * @param lastError what the last attempt came to, without secrets; null if there was none
 */
public record DeadLetter(
        String id, Notice notice, Instant at, int attempts, LossReason reason, @Nullable String lastError) {}
