package io.heapwarden.jvm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters in an hsperfdata file, by name. Format 2.0, which JDK 8 to 25 write: perfMemory.hpp of HotSpot, and docs/jvm-counters.md.
 *
 * <p>The bytes come from a container and are trusted in nothing: at most {@value #MAX_BYTES} bytes and {@value #MAX_ENTRIES} counters are
 * read, and every offset is checked before it is followed. The value of {@code java.rt.vmArgs} may hold secrets; an instance is meant to live
 * only until {@link JvmCounters#from} has read it.
 */
public final class PerfData {

    /** Largest file read: 32 times what a JVM writes unless told otherwise. */
    public static final int MAX_BYTES = 1 << 20;

    /** Most counters read: ten times what any JDK has. */
    public static final int MAX_ENTRIES = 4096;

    private static final int MAGIC = 0xCAFEC0C0;
    private static final int PROLOGUE_BYTES = 32;
    private static final int ENTRY_HEADER_BYTES = 20;
    private static final int MAJOR_VERSION = 2;
    private static final byte LITTLE_ENDIAN = 1;

    private final Map<String, Long> longs = new HashMap<>();
    private final Map<String, String> strings = new HashMap<>();

    private PerfData() {}

    /**
     * Reads a file.
     *
     * @throws MalformedOutputException when the bytes are not a whole hsperfdata file of a JVM that has started
     */
    public static PerfData parse(byte[] file) throws MalformedOutputException {
        if (file.length < PROLOGUE_BYTES) {
            throw malformed("has " + file.length + " bytes, its prologue alone needs " + PROLOGUE_BYTES);
        }
        if (file.length > MAX_BYTES) {
            throw malformed("has " + file.length + " bytes, more than the " + MAX_BYTES + " that are read");
        }
        try {
            return readEntries(ByteBuffer.wrap(file));
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw malformed("refers beyond its " + file.length + " bytes");
        }
    }

    /**
     * Counters that were read elsewhere.
     *
     * @param numbers numeric counters by name
     * @param texts textual counters by name
     */
    public static PerfData of(Map<String, Long> numbers, Map<String, String> texts) {
        PerfData counters = new PerfData();
        counters.longs.putAll(numbers);
        counters.strings.putAll(texts);
        return counters;
    }

    private static PerfData readEntries(ByteBuffer file) throws MalformedOutputException {
        if (file.getInt(0) != MAGIC) {
            throw malformed("does not start with CAFEC0C0");
        }
        byte byteOrder = file.get(4);
        if (byteOrder != 0 && byteOrder != LITTLE_ENDIAN) {
            throw malformed("names byte order " + byteOrder + " at offset 4; 0 and 1 are known");
        }
        file.order(byteOrder == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (file.get(5) != MAJOR_VERSION) {
            throw malformed("has format version " + file.get(5) + " at offset 5; " + MAJOR_VERSION + " is known");
        }
        if (file.get(7) != 1) {
            throw malformed("is not marked accessible at offset 7: the JVM is still starting; ask again");
        }
        int used = file.getInt(8);
        int entryOffset = file.getInt(24);
        int entries = file.getInt(28);
        if (used < PROLOGUE_BYTES || used > file.limit()) {
            throw malformed("says it uses " + used + " bytes but has " + file.limit() + ": it is cut off or garbled");
        }
        if (entries < 0 || entries > MAX_ENTRIES) {
            throw malformed("claims " + entries + " counters; 0 to " + MAX_ENTRIES + " are read");
        }
        if (entryOffset < PROLOGUE_BYTES) {
            throw malformed("has its first counter at offset " + entryOffset + ", inside the prologue");
        }
        file.limit(used);
        PerfData counters = new PerfData();
        int at = entryOffset;
        for (int entry = 0; entry < entries; entry++) {
            at += counters.readEntry(file, at);
        }
        return counters;
    }

    /** Reads the counter at this offset and returns its length. */
    private int readEntry(ByteBuffer file, int at) throws MalformedOutputException {
        int remaining = file.limit() - at;
        if (remaining < ENTRY_HEADER_BYTES) {
            throw malformed("ends inside the counter at offset " + at);
        }
        int length = file.getInt(at);
        if (length < ENTRY_HEADER_BYTES || length > remaining) {
            throw malformed(
                    "has a counter of " + length + " bytes at offset " + at + " where " + remaining + " remain");
        }
        int vectorLength = file.getInt(at + 8);
        char type = (char) file.get(at + 12);
        int dataOffset = file.getInt(at + 16);
        String name = text(file, at, file.getInt(at + 4), length);
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw malformed("has a counter without a proper name at offset " + at);
        }
        int valueBytes = vectorLength == 0 && type == 'J' ? Long.BYTES : vectorLength;
        if (dataOffset < ENTRY_HEADER_BYTES || valueBytes < 0 || valueBytes > length - dataOffset) {
            throw malformed(
                    "has the value of " + MalformedOutputException.quote(name) + " outside its entry at offset " + at);
        }
        boolean twice = false;
        if (type == 'J' && vectorLength == 0) {
            twice = longs.put(name, file.getLong(at + dataOffset)) != null;
        } else if (type == 'B') {
            twice = strings.put(name, text(file, at, dataOffset, dataOffset + vectorLength)) != null;
        }
        if (twice) {
            throw malformed(
                    "has the counter " + MalformedOutputException.quote(name) + " twice, again at offset " + at);
        }
        return length;
    }

    /** The bytes of an entry from one offset up to a zero byte or to the other offset. */
    private static String text(ByteBuffer file, int entry, int from, int to) throws MalformedOutputException {
        if (from < ENTRY_HEADER_BYTES || from > to) {
            throw malformed("has a name or text at " + from + " of the entry at offset " + entry + ", outside of it");
        }
        int end = from;
        while (end < to && file.get(entry + end) != 0) {
            end++;
        }
        return new String(file.array(), entry + from, end - from, StandardCharsets.UTF_8);
    }

    private static MalformedOutputException malformed(String what) {
        return new MalformedOutputException("hsperfdata file " + what);
    }

    /** A numeric counter; null when the JVM does not have it. */
    public @Nullable Long number(String name) {
        return longs.get(name);
    }

    /** A textual counter; null when the JVM does not have it. */
    public @Nullable String text(String name) {
        return strings.get(name);
    }

    /** How many counters were read. */
    public int size() {
        return longs.size() + strings.size();
    }
}
