package io.heapwarden.response.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver fares, since this operator runs.
 *
 * @param name as configured
 * @param type what it is
 * @param pending notices that wait to be sent; for an Alertmanager the alerts that are kept alive
 * @param delivered messages that were accepted
 * @param lost notices that were given up
 * @param lastDelivered when one was last accepted; null for never
 * @param failing whether the last attempt failed
 * @param lastError what the last failed attempt came to, without secrets; null if none failed
 * @param deadLetters the last of those given up, the newest last
 */
public record ReceiverStatus(
        String name,
        ReceiverType type,
        int pending,
        long delivered,
        long lost,
        @Nullable Instant lastDelivered,
        boolean failing,
        @Nullable String lastError,
        List<DeadLetter> deadLetters) {

    public ReceiverStatus {
        deadLetters = List.copyOf(deadLetters);
    }
}
