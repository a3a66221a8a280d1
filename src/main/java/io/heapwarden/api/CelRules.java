package io.heapwarden.api;

/**
 * Pieces that several validation rules share. CEL's own durations know no days, and CEL has no functions of one's own; a list of one element with
 * {@code all} gives the value a name.
 */
final class CelRules {

    /** Seconds of the duration named d. */
    static final String SECONDS = "(d.endsWith('d') ? int(d.replace('d', '')) * 86400 : int(duration(d).getSeconds()))";

    /** Seconds of the duration named p. */
    static final String SECONDS_OF_OTHER =
            "(p.endsWith('d') ? int(p.replace('d', '')) * 86400 : int(duration(p).getSeconds()))";

    private CelRules() {}
}
