package io.heapwarden.evidence.heapdump;

import java.io.IOException;
import java.util.Arrays;

/**
 * What is inside a HEAP_DUMP or HEAP_DUMP_SEGMENT: roots, classes, instances, arrays. Numbers and layouts of the records are those of HotSpot's
 * {@code services/heapDumper.cpp}, whose comment is the description of the format.
 */
final class HeapRecords {

    private static final int ROOT_UNKNOWN = 0xFF;
    private static final int ROOT_JNI_GLOBAL = 0x01;
    private static final int ROOT_JNI_LOCAL = 0x02;
    private static final int ROOT_JAVA_FRAME = 0x03;
    private static final int ROOT_NATIVE_STACK = 0x04;
    private static final int ROOT_STICKY_CLASS = 0x05;
    private static final int ROOT_THREAD_BLOCK = 0x06;
    private static final int ROOT_MONITOR_USED = 0x07;
    private static final int ROOT_THREAD_OBJECT = 0x08;
    private static final int CLASS_DUMP = 0x20;
    private static final int INSTANCE_DUMP = 0x21;
    private static final int OBJECT_ARRAY_DUMP = 0x22;
    private static final int PRIMITIVE_ARRAY_DUMP = 0x23;

    private final HprofTransit transit;
    private final HashNames hashNames;
    private final ClassLayouts layouts = new ClassLayouts();
    private long arrays;
    private long arrayBytes;
    private long hashes;
    private long instances;
    private long instancesOfUnknownClass;

    HeapRecords(HprofTransit transit, HashNames hashNames) {
        this.transit = transit;
        this.hashNames = hashNames;
    }

    /** What was done so far. */
    Redaction redaction(long symbols) {
        return new Redaction(arrays, arrayBytes, hashes, symbols, instances, instancesOfUnknownClass);
    }

    /** One record, its first byte included. */
    void next() throws IOException {
        int size = transit.identifierSize();
        int tag = transit.u1("a record of the heap");
        switch (tag) {
            case ROOT_UNKNOWN, ROOT_STICKY_CLASS, ROOT_MONITOR_USED -> transit.pass(size, "a root");
            case ROOT_NATIVE_STACK, ROOT_THREAD_BLOCK -> transit.pass(size + 4, "a root of a thread");
            case ROOT_JNI_LOCAL, ROOT_JAVA_FRAME, ROOT_THREAD_OBJECT -> transit.pass(size + 8, "a root of a frame");
            case ROOT_JNI_GLOBAL -> transit.pass(2L * size, "a JNI global root");
            case CLASS_DUMP -> classDump();
            case INSTANCE_DUMP -> instanceDump();
            case OBJECT_ARRAY_DUMP -> objectArrayDump();
            case PRIMITIVE_ARRAY_DUMP -> primitiveArrayDump();
            default -> throw transit.malformed("a record of the heap", "a record of unknown kind " + tag);
        }
    }

    private void classDump() throws IOException {
        long identifier = transit.identifier("a class");
        if (identifier == 0) {
            throw transit.malformed("the identifier of a class", "0");
        }
        transit.pass(4, "the stack trace of a class");
        long superclass = transit.identifier("a superclass");
        // Loader, signers, protection domain, two that are reserved, and the size of instances in the heap.
        transit.pass(5L * transit.identifierSize() + 4, "a class");
        constantPool();
        statics();
        fields(identifier, superclass);
    }

    private void constantPool() throws IOException {
        int entries = transit.u2("the number of constants of a class");
        for (int i = 0; i < entries; i++) {
            transit.pass(2, "the index of a constant");
            value("the type of a constant");
        }
    }

    private void statics() throws IOException {
        int count = transit.u2("the number of static fields of a class");
        for (int i = 0; i < count; i++) {
            transit.pass(transit.identifierSize(), "the name of a static field");
            value("the type of a static field");
        }
    }

    private void value(String expected) throws IOException {
        transit.pass(ValueType.read(transit, expected).width(transit.identifierSize()), "a value of a class");
    }

    private void fields(long identifier, long superclass) throws IOException {
        int count = transit.u2("the number of fields of a class");
        int offset = 0;
        int[] found = new int[2 * ClassLayouts.MOST_HASHES];
        int length = 0;
        for (int i = 0; i < count; i++) {
            long name = transit.identifier("the name of a field");
            ValueType type = ValueType.read(transit, "the type of a field");
            int width = type.width(transit.identifierSize());
            boolean number = type == ValueType.INT || type == ValueType.LONG;
            if (number && length < found.length && hashNames.contains(name)) {
                found[length++] = offset;
                found[length++] = width;
            }
            offset += width;
        }
        layouts.add(identifier, superclass, offset, Arrays.copyOf(found, length));
    }

    private void instanceDump() throws IOException {
        transit.pass(transit.identifierSize() + 4L, "an instance");
        long ofClass = transit.identifier("the class of an instance");
        long length = transit.u4("the length of an instance");
        instances++;
        int[] hashFields = layouts.hashesOf(ofClass);
        if (hashFields == null) {
            instancesOfUnknownClass++;
            transit.pass(length, "the fields of an instance");
            return;
        }
        long at = 0;
        for (int i = 0; i < hashFields.length; i += 2) {
            if (hashFields[i] + hashFields[i + 1] > length) {
                throw transit.malformed("an instance with all fields of its class", "one of " + length + " bytes");
            }
            transit.pass(hashFields[i] - at, "the fields of an instance");
            transit.zero(hashFields[i + 1], "the hash code of an instance");
            at = hashFields[i] + hashFields[i + 1];
            hashes += transit.editing() ? 1 : 0;
        }
        transit.pass(length - at, "the fields of an instance");
    }

    private void objectArrayDump() throws IOException {
        transit.pass(transit.identifierSize() + 4L, "an array");
        long length = transit.u4("the length of an array");
        transit.pass((length + 1) * transit.identifierSize(), "the elements of an array");
    }

    private void primitiveArrayDump() throws IOException {
        transit.pass(transit.identifierSize() + 4L, "a primitive array");
        long length = transit.u4("the length of a primitive array");
        ValueType type = ValueType.read(transit, "the type of a primitive array");
        if (type == ValueType.OBJECT) {
            throw transit.malformed("the type of a primitive array", "that of references");
        }
        long bytes = length * type.width(transit.identifierSize());
        if (transit.editing() && bytes > 0) {
            arrays++;
            arrayBytes += bytes;
        }
        transit.zero(bytes, "the elements of a primitive array");
    }
}
