package io.heapwarden.security.falco;

/** Why something that came in is no event. */
public enum FalcoRejection {
    /** Not one JSON object, or more than that. */
    NotJson,
    /** Falco wrote its text form: json_output is off. */
    PlainText,
    /** No rule is named. */
    NoRule,
    /** The priority is missing or is none of Falco's. */
    UnknownPriority,
    /** The time is missing, or no time by ISO 8601 with its zone. */
    TimeUnreadable,
    /** Later than the clock here by more than {@link FalcoEventParser#CLOCK_SKEW}. */
    InFuture,
    /** Older than {@link FalcoEventParser#OLDEST}. */
    TooOld,
    /** More than {@link FalcoEventParser#MOST_BYTES} bytes. */
    TooLarge,
    /** Nested deeper than {@link FalcoEventParser#MOST_DEPTH}. */
    TooDeep
}
