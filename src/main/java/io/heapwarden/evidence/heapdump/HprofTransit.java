package io.heapwarden.evidence.heapdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A dump that passes through one buffer: what has been read is written, byte for byte, except what was told to be zeroed or blanked. Never more
 * than has been read is written, so that nothing leaves of which it is not known what it is. Numbers are big-endian.
 */
final class HprofTransit {

    /** Holds the longest symbol of a JVM, 65,535 bytes. */
    private static final int CAPACITY = 1 << 17;

    private final InputStream in;
    private final OutputStream out;
    private final boolean editing;
    private final byte[] buffer = new byte[CAPACITY];
    private int position;
    private int limit;
    private long sent;
    private long fence = Long.MAX_VALUE;
    private int identifierSize;

    /** A dump in transit; with {@code editing} off, zeroing and blanking change nothing. */
    HprofTransit(InputStream in, OutputStream out, boolean editing) {
        this.in = in;
        this.out = out;
        this.editing = editing;
    }

    /** Bytes of the dump that have been read. */
    long offset() {
        return sent + position;
    }

    boolean editing() {
        return editing;
    }

    int identifierSize() {
        return identifierSize;
    }

    void identifierSize(int bytes) {
        identifierSize = bytes;
    }

    /** Says that a record of this many bytes begins here. Reading past its end fails until {@link #leave} is called. */
    void enter(long bytes) {
        fence = offset() + bytes;
    }

    /** Bytes of the record that have not been read. */
    long remaining() {
        return fence - offset();
    }

    /** Says that the record has to be over here. */
    void leave(String record) throws HeapDumpFormatException {
        if (remaining() != 0) {
            throw malformed("the end of " + record, "another " + remaining() + " bytes of it");
        }
        fence = Long.MAX_VALUE;
    }

    /** Whether the dump is over. */
    boolean ended() throws IOException {
        return limit == position && !fill(1);
    }

    int u1(String expected) throws IOException {
        need(1, expected);
        return buffer[position++] & 0xFF;
    }

    int u2(String expected) throws IOException {
        return (int) number(2, expected);
    }

    long u4(String expected) throws IOException {
        return number(4, expected);
    }

    long identifier(String expected) throws IOException {
        return number(identifierSize, expected);
    }

    /** The next bytes, which remain to be read; at most {@link #CAPACITY}. */
    byte[] ahead(int bytes, String expected) throws IOException {
        need(bytes, expected);
        return Arrays.copyOfRange(buffer, position, position + bytes);
    }

    void pass(long bytes, String expected) throws IOException {
        advance(bytes, expected, false, (byte) 0);
    }

    void zero(long bytes, String expected) throws IOException {
        advance(bytes, expected, editing, (byte) 0);
    }

    /** Makes asterisks of text. */
    void blank(long bytes, String expected) throws IOException {
        advance(bytes, expected, editing, (byte) '*');
    }

    /** Writes what has been read and not yet been written. */
    void send() throws IOException {
        out.write(buffer, 0, position);
        sent += position;
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
    }

    HeapDumpFormatException malformed(String expected, String found) {
        return HeapDumpFormatException.malformed(offset(), expected, found);
    }

    private long number(int bytes, String expected) throws IOException {
        need(bytes, expected);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | buffer[position++] & 0xFF;
        }
        return value;
    }

    private void advance(long bytes, String expected, boolean fill, byte with) throws IOException {
        stayInside(bytes, expected);
        long left = bytes;
        while (left > 0) {
            if (position == limit && !fill(1)) {
                throw HeapDumpFormatException.truncated(offset(), expected);
            }
            int step = (int) Math.min(left, limit - position);
            if (fill) {
                Arrays.fill(buffer, position, position + step, with);
            }
            position += step;
            left -= step;
        }
    }

    private void need(int bytes, String expected) throws IOException {
        stayInside(bytes, expected);
        if (limit - position < bytes && !fill(bytes)) {
            throw HeapDumpFormatException.truncated(sent + limit, expected);
        }
    }

    private void stayInside(long bytes, String expected) throws HeapDumpFormatException {
        if (bytes > fence - offset()) {
            throw malformed(expected, "only " + remaining() + " of " + bytes + " bytes before the end of the record");
        }
    }

    /** Reads until there are this many bytes ahead; false if the dump ends before. */
    private boolean fill(int bytes) throws IOException {
        send();
        while (limit < bytes) {
            int count = in.read(buffer, limit, CAPACITY - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return true;
    }
}
