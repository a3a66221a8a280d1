package io.heapwarden.response.notify;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one receiver.
 *
 * @param sequence order of acceptance
 * @param id the same however often it is sent, so that a receiver knows a repetition
 * @param acceptedAt when it was queued
 * @param attempts how often it was tried
 * @param notBefore when it may be tried again; null for at once
 * @param admitted whether the rate limit has let it through
 */
record Letter(
        long sequence,
        String id,
        Notice notice,
        Instant acceptedAt,
        int attempts,
        @Nullable Instant notBefore,
        boolean admitted) {

    static Letter first(long sequence, Notice notice, Instant now) {
        return new Letter(sequence, UUID.randomUUID().toString(), notice, now, 0, null, false);
    }

    /** Tried once more, to be tried again later. */
    Letter triedAgainAt(Instant time) {
        return new Letter(sequence, id, notice, acceptedAt, attempts + 1, time, admitted);
    }

    /** Let through by the rate limit, which does not count it again when it is repeated. */
    Letter admit() {
        return new Letter(sequence, id, notice, acceptedAt, attempts, notBefore, true);
    }
}
