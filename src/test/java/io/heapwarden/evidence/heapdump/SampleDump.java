package io.heapwarden.evidence.heapdump;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Builds a small dump and, beside it, what redaction has to make of it: the two differ only where this class says so. */
final class SampleDump {

    private static final long STRING_CLASS = 0x100;
    private static final long SUBCLASS = 0x108;
    private static final long OBJECT_CLASS = 0x110;

    /** The classes of a dump, at 0x100, 0x108 and so on; a parser wants those of the primitive arrays. */
    private static final List<String> CLASSES = List.of(
            "java/lang/String",
            "Sub",
            "java/lang/Object",
            "java/lang/Class",
            "[Z",
            "[C",
            "[F",
            "[D",
            "[B",
            "[S",
            "[I",
            "[J");

    private static final int[] ELEMENT_WIDTHS = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    private final int identifierSize;
    private final Both file = new Both();
    private Both heap = new Both();

    SampleDump(String version, int identifierSize) {
        this.identifierSize = identifierSize;
        file.text("JAVA PROFILE " + version + "\0");
        file.number(identifierSize, 4);
        file.number(0x0000019A_00000000L, 8);
        symbol(1, "hash", true);
        symbol(2, "value", true);
        symbol(4, "no name, but a literal", false);
        symbol(5, "lambda$main$0", true);
        symbol(6, "", true);
        symbol(7, "Foo$$Lambda/0x0000000800c03000", true);
        int number = 1;
        for (String name : CLASSES) {
            symbol(0x1000 + number, name, true);
            loaded(number, name);
            number++;
        }
        frames();
    }

    /** The dump. */
    byte[] plain() {
        return file.plain.toByteArray();
    }

    /** What redaction has to make of it. */
    byte[] redacted() {
        return file.redacted.toByteArray();
    }

    SampleDump symbol(long identifier, String text, boolean name) {
        Both body = new Both();
        body.number(identifier, identifierSize);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        body.bytes(bytes, name ? bytes : "*".repeat(bytes.length).getBytes(StandardCharsets.UTF_8));
        record(0x01, body);
        return this;
    }

    /** Object, a String with a hash, and a subclass of it with one more. */
    SampleDump classes() {
        classDump(OBJECT_CLASS, 0);
        heap.number(0, 2);
        classDump(STRING_CLASS, OBJECT_CLASS);
        heap.number(2, 2);
        field(2, 2);
        field(1, 10);
        classDump(SUBCLASS, STRING_CLASS);
        heap.number(3, 2);
        field(1, 11);
        field(1, 9);
        field(2, 5);
        for (int i = 3; i < CLASSES.size(); i++) {
            classDump(STRING_CLASS + 8L * i, OBJECT_CLASS);
            heap.number(0, 2);
        }
        return this;
    }

    SampleDump instance(long identifier, long value) {
        instanceOf(identifier, STRING_CLASS, identifierSize + 4);
        heap.number(value, identifierSize);
        heap.zeroed(value * 31 | 1, 4);
        return this;
    }

    /** Its own fields come first: a long hash, a short of the same name, a character; then those of String. */
    SampleDump subclassInstance(long identifier, long value) {
        instanceOf(identifier, SUBCLASS, 8 + 2 + 2 + identifierSize + 4);
        heap.zeroed(~value, 8);
        heap.number(value, 2);
        heap.number('x', 2);
        heap.number(value, identifierSize);
        heap.zeroed(value | 1, 4);
        return this;
    }

    SampleDump primitiveArray(long identifier, int type, byte[] content) {
        int length = content.length / ELEMENT_WIDTHS[type];
        heap.number(0x23, 1);
        heap.number(identifier, identifierSize);
        heap.number(0, 4);
        heap.number(length, 4);
        heap.number(type, 1);
        byte[] values = Arrays.copyOf(content, length * ELEMENT_WIDTHS[type]);
        heap.bytes(values, new byte[values.length]);
        return this;
    }

    SampleDump objectArray(long identifier, long... elements) {
        heap.number(0x22, 1);
        heap.number(identifier, identifierSize);
        heap.number(0, 4);
        heap.number(elements.length, 4);
        heap.number(OBJECT_CLASS, identifierSize);
        for (long element : elements) {
            heap.number(element, identifierSize);
        }
        return this;
    }

    /** One root of every kind. */
    SampleDump roots(long identifier) {
        int[][] kinds = {
            {0xFF, 0}, {0x01, -1}, {0x02, 8}, {0x03, 8}, {0x04, 4}, {0x05, 0}, {0x06, 4}, {0x07, 0}, {0x08, 8}
        };
        for (int[] kind : kinds) {
            heap.number(kind[0], 1);
            heap.number(identifier, identifierSize);
            int rest = kind[1] < 0 ? identifierSize : kind[1];
            heap.bytes(new byte[rest], new byte[rest]);
        }
        return this;
    }

    /** Ends a HEAP_DUMP_SEGMENT, empty if nothing was added since the last. */
    SampleDump endSegment() {
        record(0x1C, heap);
        heap = new Both();
        return this;
    }

    /** Ends the only HEAP_DUMP, as JDK 8 writes it. */
    SampleDump endHeap() {
        record(0x0C, heap);
        return this;
    }

    SampleDump end() {
        record(0x2C, new Both());
        return this;
    }

    private void classDump(long identifier, long superclass) {
        heap.number(0x20, 1);
        heap.number(identifier, identifierSize);
        heap.number(0, 4);
        heap.number(superclass, identifierSize);
        heap.bytes(new byte[5 * identifierSize], new byte[5 * identifierSize]);
        heap.number(16, 4);
        heap.number(1, 2);
        heap.number(7, 2);
        heap.number(6, 1);
        heap.number(0x3FC00000, 4);
        heap.number(2, 2);
        field(2, 2);
        heap.number(identifier, identifierSize);
        field(1, 10);
        heap.number(4711, 4);
    }

    private void field(long name, int type) {
        heap.number(name, identifierSize);
        heap.number(type, 1);
    }

    private void instanceOf(long identifier, long type, int length) {
        heap.number(0x21, 1);
        heap.number(identifier, identifierSize);
        heap.number(0, 4);
        heap.number(type, identifierSize);
        heap.number(length, 4);
    }

    private void loaded(int number, String name) {
        Both body = new Both();
        body.number(number, 4);
        body.number(STRING_CLASS + 8L * CLASSES.indexOf(name), identifierSize);
        body.number(1, 4);
        body.number(0x1000 + number, identifierSize);
        record(0x02, body);
    }

    private void frames() {
        Both frame = new Both();
        for (long part : new long[] {9, 5, 6, 6}) {
            frame.number(part, identifierSize);
        }
        frame.number(1, 4);
        frame.number(-1, 4);
        record(0x04, frame);
        Both trace = new Both();
        trace.number(1, 4);
        trace.number(1, 4);
        trace.number(1, 4);
        trace.number(9, identifierSize);
        record(0x05, trace);
    }

    private void record(int tag, Both body) {
        file.number(tag, 1);
        file.number(0, 4);
        file.number(body.plain.size(), 4);
        file.bytes(body.plain.toByteArray(), body.redacted.toByteArray());
    }

    /** The same place in both. */
    private static final class Both {
        private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
        private final ByteArrayOutputStream redacted = new ByteArrayOutputStream();

        void bytes(byte[] before, byte[] after) {
            plain.writeBytes(before);
            redacted.writeBytes(after);
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            bytes(bytes, bytes);
        }

        void number(long value, int width) {
            byte[] bytes = bigEndian(value, width);
            bytes(bytes, bytes);
        }

        void zeroed(long value, int width) {
            bytes(bigEndian(value, width), new byte[width]);
        }

        private static byte[] bigEndian(long value, int width) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                new DataOutputStream(bytes).writeLong(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Arrays.copyOfRange(bytes.toByteArray(), 8 - width, 8);
        }
    }
}
