package io.heapwarden.evidence.chain;

/**
 * What came of one step of collecting chains.
 *
 * @param <T> what it gives
 */
public sealed interface CollectionOutcome<T> {

    /** It was done. */
    record Done<T>(T value) implements CollectionOutcome<T> {}

    /** It was not done, and nothing was changed in the JVM. */
    record Refused<T>(ChainRefusal reason, String sentence) implements CollectionOutcome<T> {}

    /** It was tried and came to nothing; what it left behind was taken away, or the sentence says what could not be. */
    record Failed<T>(String sentence) implements CollectionOutcome<T> {}
}
