package io.heapwarden.jvm;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hash table from a class's raw bytes to its name. Look-ups take no lock: a slot changes once, from empty to an immutable name. */
final class ClassNameTable {

    private static final int FIRST_SLOTS = 1 << 12;

    /** Bounds the work that names made to collide can cause. */
    private static final int MAX_PROBES = 64;

    private final int maxNames;
    private final Map<String, Name> byJavaName = new HashMap<>();
    private volatile @Nullable Name[] slots = new @Nullable Name[FIRST_SLOTS];
    private volatile boolean full;
    private volatile int names;
    private int bytes;

    ClassNameTable(int maxNames) {
        this.maxNames = maxNames;
    }

    /**
     * One class.
     *
     * @param id dense number within its table; -1 when it is not kept
     * @param hash of {@code raw}
     * @param raw as the JVM writes it, without the part that differs from run to run
     * @param javaName as in Java source
     * @param filler whether the JVM fills gaps in the heap with it
     */
    record Name(int id, int hash, byte[] raw, String javaName, boolean filler) {}

    int size() {
        return names;
    }

    boolean isFull() {
        return full;
    }

    /** The class with these raw bytes. */
    Name get(byte[] text, int from, int to, int hash) throws MalformedOutputException {
        Name known = find(slots, text, from, to, hash);
        return known != null ? known : add(text, from, to, hash);
    }

    private static @Nullable Name find(@Nullable Name[] slots, byte[] text, int from, int to, int hash) {
        int mask = slots.length - 1;
        for (int probe = 0, at = spread(hash); probe < MAX_PROBES; probe++, at++) {
            Name name = slots[at & mask];
            if (name == null) {
                return null;
            }
            if (name.hash == hash && Arrays.equals(name.raw, 0, name.raw.length, text, from, to)) {
                return name;
            }
        }
        return null;
    }

    private synchronized Name add(byte[] text, int from, int to, int hash) throws MalformedOutputException {
        Name raced = find(slots, text, from, to, hash);
        if (raced != null) {
            return raced;
        }
        byte[] raw = Arrays.copyOfRange(text, from, to);
        String javaName = RawClassName.toJava(raw);
        Name sameClass = byJavaName.get(javaName);
        if (names >= maxNames || bytes + raw.length > ClassNames.MAX_TOTAL_BYTES) {
            full = true;
        }
        if (full || raw.length > ClassNames.MAX_NAME_BYTES) {
            return sameClass != null ? sameClass : new Name(-1, hash, raw, javaName, RawClassName.isFiller(javaName));
        }
        Name name = sameClass != null
                ? new Name(sameClass.id, hash, raw, sameClass.javaName, sameClass.filler)
                : new Name(names, hash, raw, javaName, RawClassName.isFiller(javaName));
        if (2 * (names + 1) > slots.length) {
            grow();
        }
        if (put(slots, name)) {
            byJavaName.putIfAbsent(javaName, name);
            names++;
            bytes += raw.length;
            return name;
        }
        return sameClass != null ? sameClass : new Name(-1, hash, raw, javaName, name.filler);
    }

    private void grow() {
        @Nullable Name[] larger = new @Nullable Name[slots.length * 2];
        for (Name name : slots) {
            if (name != null) {
                put(larger, name);
            }
        }
        slots = larger;
    }

    private static boolean put(@Nullable Name[] slots, Name name) {
        int mask = slots.length - 1;
        for (int probe = 0, at = spread(name.hash); probe < MAX_PROBES; probe++, at++) {
            if (slots[at & mask] == null) {
                slots[at & mask] = name;
                return true;
            }
        }
        return false;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
