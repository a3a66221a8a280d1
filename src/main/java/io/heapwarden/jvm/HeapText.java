package io.heapwarden.jvm;

import java.util.regex.MatchResult;

/** Sizes, addresses and names as heap summaries write them. */
final class HeapText {

    /** Sizes beyond 2^60 are garbage; below, sums of a few cannot overflow. */
    private static final int MAX_SIZE_BITS = 60;

    private HeapText() {}

    /** A number and its unit, B, K, M, G or T. */
    static long size(String text) throws MalformedOutputException {
        long number = Long.parseLong(text, 0, text.length() - 1, 10);
        int bits = "BKMGT".indexOf(text.charAt(text.length() - 1)) * 10;
        if (number > 1L << MAX_SIZE_BITS - bits) {
            throw new MalformedOutputException("heap summary has an impossible size: " + text);
        }
        return number << bits;
    }

    /** Bytes between two addresses. */
    static long span(MatchResult addresses, int from, int to) throws MalformedOutputException {
        long start = Long.parseUnsignedLong(addresses.group(from).substring(2), 16);
        long end = Long.parseUnsignedLong(addresses.group(to).substring(2), 16);
        if (Long.compareUnsigned(start, end) > 0 || end - start < 0 || end - start > 1L << MAX_SIZE_BITS) {
            throw new MalformedOutputException("heap summary has an impossible address range: " + addresses.group(from)
                    + " to " + addresses.group(to));
        }
        return end - start;
    }

    /** The collector that calls its old generation so. */
    static Collector collectorOf(String oldGeneration) {
        return switch (oldGeneration) {
            case "tenured generation", "Tenured" -> Collector.Serial;
            case "ParOldGen", "PSOldGen" -> Collector.Parallel;
            case "concurrent mark-sweep generation" -> Collector.CMS;
            default -> Collector.Unknown;
        };
    }
}
