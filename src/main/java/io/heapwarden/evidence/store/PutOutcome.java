package io.heapwarden.evidence.store;

/** What came of storing a file. */
public sealed interface PutOutcome {

    /** It is there, whole. */
    record Stored(StoredEvidence evidence) implements PutOutcome {}

    /**
     * Nothing is there under that key.
     *
     * @param reason of what kind
     * @param message what is wrong, where, and what to do
     */
    record NotStored(StoreFailure reason, String message) implements PutOutcome {}
}
