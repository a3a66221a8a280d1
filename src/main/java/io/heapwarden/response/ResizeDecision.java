package io.heapwarden.response;

/** What the gate says to a wish to raise a memory limit. Every answer is a sentence that people read. */
public sealed interface ResizeDecision {

    /** In words. */
    String sentence();

    /**
     * It may be done, now.
     *
     * @param sentence in words
     * @param from the limit as it is, in bytes
     * @param to the limit as it shall be, in bytes
     * @param number how many-th resize of the pod it is, from 1
     */
    record Allowed(String sentence, long from, long to, int number) implements ResizeDecision {}

    /** It would have been allowed, but the policy only observes: nothing may be done. */
    record DryRun(String sentence) implements ResizeDecision {}

    /**
     * It may not be done.
     *
     * @param reason which check refused
     * @param sentence in words, with the numbers that decided and what to do where something can be done
     */
    record Refused(ResizeRefusal reason, String sentence) implements ResizeDecision {}
}
