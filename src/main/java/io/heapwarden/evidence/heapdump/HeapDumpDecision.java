package io.heapwarden.evidence.heapdump;

/** Whether a heap dump may be taken. */
public sealed interface HeapDumpDecision {

    /** What it would take. */
    HeapDumpPrediction prediction();

    /** It may be taken. */
    record Allowed(HeapDumpPrediction prediction) implements HeapDumpDecision {}

    /**
     * It may not.
     *
     * @param reason which check refused
     * @param sentence in words, with the numbers that decided and what to change
     * @param prediction what it would take
     */
    record Refused(HeapDumpRefusal reason, String sentence, HeapDumpPrediction prediction)
            implements HeapDumpDecision {}
}
