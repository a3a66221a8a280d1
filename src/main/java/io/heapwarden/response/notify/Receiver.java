package io.heapwarden.response.notify;

import java.time.Duration;

/** One that is told. Safe for use by many threads. */
interface Receiver {

    /** Takes a notice. Returns at once, whatever the other side does. */
    OfferResult offer(Notice notice);

    ReceiverStatus status();

    /** Sends what waits, for at most so long, and stops. */
    void close(Duration grace);
}
