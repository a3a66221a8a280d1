package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PerfDataTest {

    private static final int FIRST_ENTRY = 32;

    @Test
    void readsNumbersAndTextsInBothByteOrders() throws Exception {
        for (PerfDataFile file : new PerfDataFile[] {PerfDataFile.littleEndian(), PerfDataFile.bigEndian()}) {
            PerfData data = PerfData.parse(file.with("sun.rt.safepoints", 41)
                    .with("java.property.java.version", "25.0.3")
                    .bytes());
            assertThat(data.size()).isEqualTo(2);
            assertThat(data.number("sun.rt.safepoints")).isEqualTo(41);
            assertThat(data.text("java.property.java.version")).isEqualTo("25.0.3");
            assertThat(data.number("java.property.java.version")).isNull();
            assertThat(data.text("no.such")).isNull();
        }
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertRefused(new byte[0], "has 0 bytes");
        assertRefused(new byte[PerfData.MAX_BYTES + 1], "more than the 1048576 that are read");
        assertRefused(new byte[64], "does not start with CAFEC0C0");
        assertRefused(patched(4, (byte) 7), "byte order 7 at offset 4");
        assertRefused(patched(5, (byte) 3), "format version 3 at offset 5");
        assertRefused(patched(7, (byte) 0), "the JVM is still starting; ask again");
        assertRefused(patched(8, 1 << 20), "cut off or garbled");
        assertRefused(patched(24, -4), "first counter at offset -4");
        assertRefused(patched(28, -1), "claims -1 counters");
        assertRefused(patched(28, PerfData.MAX_ENTRIES + 1), "claims 4097 counters");
        assertRefused(patched(28, 2), "ends inside the counter at offset 72");
        assertRefused(patched(FIRST_ENTRY, 0), "counter of 0 bytes at offset 32");
        assertRefused(patched(FIRST_ENTRY, Integer.MAX_VALUE), "at offset 32 where 40 remain");
        assertRefused(patched(FIRST_ENTRY + 4, 1000), "outside of it");
        assertRefused(patched(FIRST_ENTRY + 4, Integer.MIN_VALUE), "outside of it");
        assertRefused(patched(FIRST_ENTRY + 16, 36), "outside its entry at offset 32");
        assertRefused(patched(FIRST_ENTRY + 16, Integer.MAX_VALUE), "outside its entry at offset 32");
        assertRefused(patched(FIRST_ENTRY + 20, (byte) 0), "without a proper name at offset 32");
        assertRefused(patched(FIRST_ENTRY + 20, (byte) '\n'), "without a proper name at offset 32");
        assertRefused(PerfDataFile.littleEndian().with("a", 1).with("a", 2).bytes(), "\"a\" twice, again at offset 64");
    }

    @Test
    void aFileThatIsCutAtItsUsedSizeIsWhole() throws Exception {
        byte[] whole = Recording.of("jdk17-g1").hsperfdata();
        int used = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
        assertThat(PerfData.parse(Arrays.copyOf(whole, used)).size())
                .isEqualTo(PerfData.parse(whole).size())
                .isGreaterThan(150);
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> PerfData.parse(file))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageStartingWith("hsperfdata file ")
                .hasMessageContaining(message);
    }

    /** A file of one counter, of 40 bytes, with one byte changed. */
    private static byte[] patched(int offset, byte value) {
        byte[] file = PerfDataFile.littleEndian().with("counter.a", 1).bytes();
        file[offset] = value;
        return file;
    }

    private static byte[] patched(int offset, int value) {
        byte[] file = PerfDataFile.littleEndian().with("counter.a", 1).bytes();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        return file;
    }
}
