package io.heapwarden.response.notify;

/** Why a receiver never got a notice. The constants are spelled as they appear in metrics. */
public enum LossReason {
    /** The receiver does not want it: an answer of 3xx or 4xx, but 408 and 429. */
    Refused,
    /** Tried as often as a notice is. */
    AttemptsExhausted,
    /** Too old to be news. */
    TooOld,
    /** Too many waited, and others mattered more or were newer. */
    Overflow,
    /** More than the receiver may get within a minute. */
    RateLimited,
    /** The operator stopped. */
    Stopped
}
