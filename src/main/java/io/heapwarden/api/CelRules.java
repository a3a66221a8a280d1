package io.heapwarden.api;

/**
 * Pieces that several validation rules share. CEL's own durations know no days, and CEL has no functions of one's own; a list of one element with
 * {@code all} gives the value a name. A rule that reads a text says first that it has the right form, else the user would see CEL's failure to read it
 * and not the rule's sentence.
 */
final class CelRules {

    /** Whether the text named d is a duration of seconds to days. */
    static final String IS_DURATION = "d.matches('" + Durations.LONG + "')";

    /** Seconds of the duration named d. */
    static final String SECONDS = "(d.endsWith('d') ? int(d.replace('d', '')) * 86400 : int(duration(d).getSeconds()))";

    /** Whether the text named p is a duration of seconds to days. */
    static final String OTHER_IS_DURATION = "p.matches('" + Durations.LONG + "')";

    /** Seconds of the duration named p. */
    static final String SECONDS_OF_OTHER =
            "(p.endsWith('d') ? int(p.replace('d', '')) * 86400 : int(duration(p).getSeconds()))";

    /** Name of a container or an objective: a DNS label. */
    static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    private CelRules() {}
}
