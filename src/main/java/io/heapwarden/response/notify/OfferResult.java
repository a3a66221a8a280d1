package io.heapwarden.response.notify;

/** What became of a notice at once. */
public enum OfferResult {
    /** It will be sent. */
    Accepted,
    /** It was told not long ago and is not told again yet. */
    Repeated,
    /** Too many wait that matter more; it is counted as lost. */
    Dropped,
    /** No receiver has that name; the platform team has to configure one. */
    UnknownReceiver,
    /** The operator stops. */
    Stopped
}
