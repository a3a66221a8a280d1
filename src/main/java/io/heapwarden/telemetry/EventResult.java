package io.heapwarden.telemetry;

/** What became of an Event; the constants are values of the metric's label. */
enum EventResult {
    /** Written anew. */
    Created,
    /** Counted up on the one that is there. */
    Repeated,
    /** Said a short while ago. */
    Deduplicated,
    /** Too many about one object. */
    RateLimited,
    /** The queue was full and this was the oldest in it. */
    Dropped,
    /** The namespace is gone or going. */
    NamespaceGone,
    /** The API server did not take it. */
    Failed
}
