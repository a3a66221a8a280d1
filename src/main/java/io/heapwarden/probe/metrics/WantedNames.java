package io.heapwarden.probe.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fixed set of names that is asked with bytes, so that names that are not in it cost no memory. */
final class WantedNames {

    private static final int SLOTS_PER_NAME = 4;
    private static final int HASH_FACTOR = 31;

    private final @Nullable String[] names;
    private final byte[][] bytes;

    WantedNames(Set<String> wanted) {
        int slots = Integer.highestOneBit(Math.max(1, wanted.size()) * SLOTS_PER_NAME) * 2;
        names = new @Nullable String[slots];
        bytes = new byte[slots][];
        for (String name : wanted) {
            byte[] spelled = name.getBytes(StandardCharsets.US_ASCII);
            int slot = hash(spelled, 0, spelled.length) & (slots - 1);
            while (names[slot] != null) {
                slot = slot + 1 & slots - 1;
            }
            names[slot] = name;
            bytes[slot] = spelled;
        }
    }

    /** The name that is spelled there; null when it is not wanted. */
    @Nullable
    String find(byte[] text, int from, int to) {
        int slot = hash(text, from, to) & names.length - 1;
        while (names[slot] != null) {
            byte[] spelled = bytes[slot];
            if (java.util.Arrays.equals(spelled, 0, spelled.length, text, from, to)) {
                return names[slot];
            }
            slot = slot + 1 & names.length - 1;
        }
        return null;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * HASH_FACTOR + text[i];
        }
        return hash ^ hash >>> 16;
    }
}
