package io.heapwarden.evidence.heapdump;

/**
 * What was taken out of a heap dump.
 *
 * @param arrays primitive arrays of at least one element whose values were zeroed
 * @param arrayBytes bytes of those values
 * @param hashes cached hash codes in instances that were zeroed
 * @param symbols names that cannot be names, hence literals of the code, and were blanked
 * @param instances instances there are, without arrays
 * @param instancesOfUnknownClass those among them whose class the dump describes only after them, or not at all, or that come after more classes
 *     than are kept: a cached hash code in them remains
 */
public record Redaction(
        long arrays, long arrayBytes, long hashes, long symbols, long instances, long instancesOfUnknownClass) {

    /** Nothing was read yet. */
    public static final Redaction NONE = new Redaction(0, 0, 0, 0, 0, 0);
}
