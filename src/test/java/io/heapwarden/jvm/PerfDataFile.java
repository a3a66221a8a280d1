package io.heapwarden.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes hsperfdata files with counters of the test's choice. */
final class PerfDataFile {

    private static final int SIZE = 32768;

    private final ByteBuffer file;
    private int entries;

    private PerfDataFile(ByteOrder order) {
        file = ByteBuffer.allocate(SIZE).putInt(0xCAFEC0C0);
        file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 0))
                .put((byte) 2)
                .put((byte) 0)
                .put((byte) 1)
                .order(order)
                .position(32);
    }

    static PerfDataFile littleEndian() {
        return new PerfDataFile(ByteOrder.LITTLE_ENDIAN);
    }

    static PerfDataFile bigEndian() {
        return new PerfDataFile(ByteOrder.BIG_ENDIAN);
    }

    PerfDataFile with(String name, long value) {
        return entry(
                name,
                'J',
                0,
                ByteBuffer.allocate(8).order(file.order()).putLong(value).array());
    }

    PerfDataFile with(String name, String value) {
        byte[] text = (value + '\0').getBytes(StandardCharsets.UTF_8);
        return entry(name, 'B', text.length, text);
    }

    private PerfDataFile entry(String name, char type, int vectorLength, byte[] value) {
        byte[] nameBytes = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        int dataOffset = (20 + nameBytes.length + 7) / 8 * 8;
        int length = (dataOffset + value.length + 7) / 8 * 8;
        int start = file.position();
        file.putInt(length)
                .putInt(20)
                .putInt(vectorLength)
                .put((byte) type)
                .put((byte) 0)
                .put((byte) 1)
                .put((byte) 1);
        file.putInt(dataOffset).put(nameBytes);
        file.position(start + dataOffset).put(value).position(start + length);
        entries++;
        return this;
    }

    byte[] bytes() {
        file.putInt(8, file.position()).putInt(24, 32).putInt(28, entries);
        return file.array().clone();
    }
}
