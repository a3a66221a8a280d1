package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/**
 * What {@code VM.stringtable} and {@code VM.symboltable} say, on JDK 11 to 25 (JDK 8 has neither): interned strings, and the names of classes,
 * methods and fields. Sizes are in bytes.
 *
 * @param buckets of the hash table
 * @param entries interned strings, or symbols
 * @param literalBytes the strings or symbols themselves; of strings, this is heap
 * @param bytes table, entries and literals
 * @param longestBucket entries in the fullest bucket; long ones make each look-up slow
 * @param sharedEntries entries of the archive that come on top and cost no memory of their own; null when the JVM does not say
 */
public record StringTable(
        long buckets, long entries, long literalBytes, long bytes, long longestBucket, @Nullable Long sharedEntries) {

    /** Longest answer read; real ones have 600 bytes. */
    public static final int MAX_BYTES = 16 << 10;

    /**
     * Reads the text, with or without the lines that a client puts before it.
     *
     * @throws MalformedOutputException when it is no such table, or contradicts itself
     */
    public static StringTable parse(byte[] text) throws MalformedOutputException {
        Lines line = new Lines("string table", text, MAX_BYTES);
        boolean begun = false;
        while (!begun && line.next()) {
            begun = line.startsWith("StringTable statistics:") || line.startsWith("SymbolTable statistics:");
        }
        if (!begun) {
            throw line.noSuchThing();
        }
        return new Reader(line).read();
    }

    /** Collects the lines of a table. */
    private static final class Reader {

        private static final long LARGEST = 1L << 50;

        private final Lines line;
        private long buckets = -1;
        private long entries = -1;
        private long literals = -1;
        private long literalBytes = -1;
        private long bytes = -1;
        private long longest = -1;
        private @Nullable Long sharedEntries;

        Reader(Lines line) {
            this.line = line;
        }

        StringTable read() throws MalformedOutputException {
            boolean shared = false;
            while (line.next()) {
                if (line.startsWith("Shared ")) {
                    shared = true;
                } else if (shared) {
                    sharedEntries = line.startsWith("Number of entries") ? Long.valueOf(count()) : sharedEntries;
                } else {
                    own();
                }
            }
            if (buckets < 0 || entries < 0 || literalBytes < 0 || bytes < 0 || longest < 0) {
                throw line.refused("is cut");
            }
            if (literals != entries || literalBytes > bytes || longest > entries) {
                throw line.refused("contradicts itself: " + entries + " entries, " + literals + " literals of "
                        + literalBytes + " bytes in " + bytes + ", " + longest + " in one bucket");
            }
            return new StringTable(buckets, entries, literalBytes, bytes, longest, sharedEntries);
        }

        private void own() throws MalformedOutputException {
            if (line.startsWith("Number of buckets")) {
                buckets = count();
            } else if (line.startsWith("Number of entries")) {
                entries = count();
            } else if (line.startsWith("Number of literals")) {
                literals = count();
                literalBytes = size();
            } else if (line.startsWith("Total footp")) { // JDK 11 goes on with "rsize_t"
                bytes = size();
            } else if (line.startsWith("Maximum bucket size")) {
                longest = count();
            }
        }

        private long count() throws MalformedOutputException {
            return plausible(line.skipPast(":") ? line.column() : -1);
        }

        private long size() throws MalformedOutputException {
            long size = line.skipPast("=") ? line.column() : -1;
            if (!line.skip(" bytes")) {
                throw line.malformed("has no size where one must be");
            }
            return plausible(size);
        }

        private long plausible(long number) throws MalformedOutputException {
            if (number < 0 || number > LARGEST || !line.isWhole()) {
                throw line.malformed("has an impossible number");
            }
            return number;
        }
    }
}
