package io.heapwarden.response.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to send. Reasons are for people and hold no secrets. */
sealed interface SendResult {

    /** The receiver has it. */
    record Delivered() implements SendResult {}

    /**
     * It may work later.
     *
     * @param reason what went wrong
     * @param after how long the receiver wants to be left alone, if it said so
     * @param down whether another message would fare no better
     */
    record Retry(String reason, @Nullable Duration after, boolean down) implements SendResult {}

    /** The receiver does not want it, however often it is sent. */
    record Refused(String reason) implements SendResult {}
}
