package io.heapwarden.security;

/**
 * What was seen, in words that stay the same however often it is seen: numbers that change belong into none of these fields. Nothing here may hold a
 * secret, as it is shown to everybody who may read Events.
 *
 * @param key what makes it the same finding when it is seen again
 * @param severity how bad it is
 * @param message what was seen, one sentence without a full stop
 * @param remedy what to do about it, one sentence without a full stop
 * @param reference where it is defined: a CIS recommendation, a CVE, a JEP, a field of the pod, the rule's tags; empty when there is none
 * @param restartHelps whether a new pod of the same template would not show it at once again
 */
public record Observation(
        Key key, Severity severity, String message, String remedy, String reference, boolean restartHelps) {

    /**
     * What makes two observations of one pod the same finding.
     *
     * @param source who saw it
     * @param rule id of the check or name of the rule
     * @param container name of the container; empty when it is of the whole pod
     * @param subject what of the container it is about, such as a process, a port or a library; empty when the rule says it all
     */
    public record Key(FindingSource source, String rule, String container, String subject) {}
}
