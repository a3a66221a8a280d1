package io.heapwarden.evidence.heapdump;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in the instances of each class the cached hash codes are. An instance's values are those of its class's own fields, then those of its
 * superclass, and so on up, so that a place is known once every superclass is.
 *
 * <p>A hash table with open addressing, at most half full, of at most {@link #MOST} classes, which is some 8 MiB. Identifiers are addresses;
 * Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4) spreads them.
 */
final class ClassLayouts {

    /** An application of Spring Boot has 20,000, generated ones included. */
    static final int MOST = 1 << 17;

    /** Hash codes in one instance, those of superclasses included. */
    static final int MOST_HASHES = 8;

    /** No chain of superclasses is as long; one that is goes in circles. */
    private static final int DEEPEST = 1 << 10;

    private static final int[] NONE = {};

    private long[] identifiers = new long[1 << 11];
    private long[] superclasses = new long[1 << 11];
    private int[] sizes = new int[1 << 11];
    private int[][] own = new int[1 << 11][];
    private int[] @Nullable [] resolved = new int[1 << 11][];
    private int count;

    /**
     * Takes note of a class. What is known of it already stays, and classes beyond the bound stay unknown.
     *
     * @param identifier its identifier, not 0
     * @param superclass that of its superclass; 0 when it has none
     * @param size bytes of its own fields in each instance
     * @param hashes offset and width of each own field that is to be zeroed, by offset; at most {@link #MOST_HASHES}
     */
    void add(long identifier, long superclass, int size, int[] hashes) {
        if (count == MOST) {
            return;
        }
        if (2 * count >= identifiers.length) {
            grow();
        }
        int slot = slot(identifier);
        if (identifiers[slot] == 0) {
            put(slot, identifier, superclass, size, hashes.length == 0 ? NONE : hashes);
            count++;
        }
    }

    /** Offset and width of each value to be zeroed in an instance of the class, by offset; null when that is not known of the class or one above it. */
    int @Nullable [] hashesOf(long identifier) {
        int slot = slot(identifier);
        if (identifiers[slot] == 0) {
            return null;
        }
        int[] known = resolved[slot];
        if (known == null) {
            known = resolve(slot);
            resolved[slot] = known;
        }
        return known;
    }

    private int @Nullable [] resolve(int slot) {
        int[] found = NONE;
        long offset = 0;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (found.length + own[slot].length > 2 * MOST_HASHES) {
                return null;
            }
            for (int i = 0; i < own[slot].length; i += 2) {
                found = Arrays.copyOf(found, found.length + 2);
                found[found.length - 2] = Math.toIntExact(offset + own[slot][i]);
                found[found.length - 1] = own[slot][i + 1];
            }
            offset += sizes[slot];
            long superclass = superclasses[slot];
            if (superclass == 0) {
                return found;
            }
            slot = slot(superclass);
            if (identifiers[slot] == 0) {
                return null;
            }
        }
        return null;
    }

    private void grow() {
        long[] oldIdentifiers = identifiers;
        long[] oldSuperclasses = superclasses;
        int[] oldSizes = sizes;
        int[][] oldOwn = own;
        int capacity = 2 * oldIdentifiers.length;
        identifiers = new long[capacity];
        superclasses = new long[capacity];
        sizes = new int[capacity];
        own = new int[capacity][];
        resolved = new int[capacity][];
        for (int i = 0; i < oldIdentifiers.length; i++) {
            if (oldIdentifiers[i] != 0) {
                put(slot(oldIdentifiers[i]), oldIdentifiers[i], oldSuperclasses[i], oldSizes[i], oldOwn[i]);
            }
        }
    }

    private void put(int slot, long identifier, long superclass, int size, int[] hashes) {
        identifiers[slot] = identifier;
        superclasses[slot] = superclass;
        sizes[slot] = size;
        own[slot] = hashes;
    }

    /** Where the class is, or where it would be. */
    private int slot(long identifier) {
        int mask = identifiers.length - 1;
        int slot = (int) (identifier * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (identifiers[slot] != 0 && identifiers[slot] != identifier) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
