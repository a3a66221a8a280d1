package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What redaction does to single records, and what it says of those that are wrong. */
class HeapDumpRedactorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void countsWhatItTookOut(int identifierSize) throws Exception {
        SampleDump dump = new SampleDump("1.0.2", identifierSize)
                .symbol(0x50, "jdbc:postgresql://user:pass@db/shop", false)
                .classes()
                .endSegment()
                .endSegment()
                .instance(0x1000, 1)
                .subclassInstance(0x1010, 2)
                .primitiveArray(0x1020, 5, "secret".getBytes(StandardCharsets.UTF_16BE))
                .primitiveArray(0x1030, 11, new byte[24])
                .primitiveArray(0x1040, 8, new byte[0])
                .endSegment()
                .end();
        Redaction redaction = redact(dump.plain());
        assertThat(out.toByteArray()).isEqualTo(dump.redacted()).isNotEqualTo(dump.plain());
        assertThat(redaction).isEqualTo(new Redaction(2, 36, 3, 2, 2, 0));
    }

    @Test
    void anArrayLongerThanAnyBufferIsZeroed() throws Exception {
        byte[] content = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        SampleDump dump = new SampleDump("1.0.1", 8)
                .classes()
                .primitiveArray(0x1000, 8, content)
                .endHeap();
        assertThat(redact(dump.plain()).arrayBytes()).isEqualTo(1_000_000);
        assertThat(out.toByteArray()).isEqualTo(dump.redacted());
    }

    @Test
    void aHashThatComesBeforeItsClassStaysAndIsCounted() throws Exception {
        SampleDump dump =
                new SampleDump("1.0.1", 8).instance(0x1000, 1).classes().endHeap();
        assertThat(redact(dump.plain())).isEqualTo(new Redaction(0, 0, 0, 1, 1, 1));
        assertThat(out.size()).isEqualTo(dump.plain().length);
    }

    @Test
    void readingAlongChangesAndCountsNothing() throws Exception {
        byte[] plain = new SampleDump("1.0.1", 8)
                .classes()
                .instance(0x1000, 1)
                .primitiveArray(0x1010, 8, new byte[] {1, 2, 3})
                .endHeap()
                .plain();
        HeapDumpRedactor reading = HeapDumpRedactor.reading(new ByteArrayInputStream(plain), out);
        reading.run();
        assertThat(out.toByteArray()).isEqualTo(plain);
        assertThat(reading.redaction()).isEqualTo(new Redaction(0, 0, 0, 0, 1, 0));
    }

    @Test
    void aDumpWithoutItsEndIsCutOff() {
        byte[] dump = new SampleDump("1.0.2", 8).classes().endSegment().plain();
        assertThatThrownBy(() -> redact(dump))
                .isInstanceOfSatisfying(HeapDumpFormatException.class, e -> assertThat(e.truncated())
                        .isTrue())
                .hasMessage("The heap dump ends at byte " + dump.length
                        + ", where another record of the dump was expected");
        assertThat(out.size()).isEqualTo(dump.length);
    }

    /** Offsets are from the end of a dump that ends with an int[2] in the only segment. */
    @ParameterizedTest
    @CsvSource({
        "9, 99, 'The heap dump has type 99 at byte %d, where the type of a primitive array was expected'",
        "9, 2, 'The heap dump has that of references at byte %d, where the type of a primitive array was expected'",
        "13, 127, 'The heap dump has only 8 of 8522825736 bytes before the end of the record at byte %d, where the"
                + " elements of a primitive array was expected'",
        "26, 64, 'The heap dump has a record of unknown kind 64 at byte %d, where a record of the heap was expected'"
    })
    void whatIsWrongAndWhereIsSaid(int fromEnd, int value, String message) {
        byte[] dump = new SampleDump("1.0.1", 8)
                .classes()
                .primitiveArray(0x1000, 10, new byte[8])
                .endHeap()
                .plain();
        dump[dump.length - fromEnd] = (byte) value;
        int offset = fromEnd == 13 ? dump.length - 8 : dump.length - fromEnd + 1;
        assertThatThrownBy(() -> redact(dump))
                .isInstanceOfSatisfying(HeapDumpFormatException.class, e -> {
                    assertThat(e.truncated()).isFalse();
                    assertThat(e.offset()).isEqualTo(offset);
                })
                .hasMessage(message.formatted(offset));
    }

    @Test
    void whatIsNoDumpIsNotPassedOn() {
        assertThatThrownBy(() -> redact("PK\3\4 is no heap dump at all".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(HeapDumpFormatException.class)
                .hasMessageContaining("something else at byte 0");
        assertThatThrownBy(() -> redact(new byte[] {0x1F, (byte) 0x8B, 8, 0}))
                .isInstanceOf(HeapDumpFormatException.class)
                .hasMessageContaining("take the dump without -gz");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/util/Map$Entry",
                "[Ljava.lang.String;",
                "<init>",
                "(ILjava/lang/Object;)V",
                "lambda$main$0",
                "access$000",
                "Holder.java",
                "box-impl",
                "Foo$$Lambda/0x0000000800c03000",
                "Foo$$Lambda+0x00007f8000c03000",
                "größe",
                "名前",
                "<resolved_references>"
            })
    void namesStay(String text) {
        assertThat(SymbolText.mayBeName(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"correct horse", "p@ssword", "key=value", "https://host", "{\"a\":1}", "50%", "a,b", "line\n"})
    void otherTextGoes(String text) {
        assertThat(SymbolText.mayBeName(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    private Redaction redact(byte[] dump) throws IOException {
        HeapDumpRedactor redactor = HeapDumpRedactor.redacting(new ByteArrayInputStream(dump), out);
        redactor.run();
        return redactor.redaction();
    }
}
