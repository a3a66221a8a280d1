package io.heapwarden.trace;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a file, plain or gzipped, one at a time in room that is used again. */
final class LineSource implements Closeable {

    /** Longest line read: a histogram of some 200,000 classes. */
    static final int LONGEST_LINE = 16 << 20;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int FIRST_ROOM = 1 << 14;

    private final InputStream in;
    private final byte[] chunk = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;
    private boolean cutOff;
    private byte[] line = new byte[FIRST_ROOM];
    private int length;
    private boolean tooLong;
    private long number;

    /** @param file closed with this */
    LineSource(InputStream file) throws IOException {
        PushbackInputStream start = new PushbackInputStream(file, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean gzip = magic.length == 2 && (magic[0] & 0xFF) == GZIP_FIRST && (magic[1] & 0xFF) == GZIP_SECOND;
        in = gzip ? unpacked(start) : start;
    }

    private static InputStream unpacked(InputStream packed) throws IOException {
        try {
            return new GZIPInputStream(packed, 1 << 16);
        } catch (EOFException e) {
            throw new ZipException("gzip data ends within its header");
        }
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (from == to && !fill()) {
                break;
            }
            any = true;
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            append(end);
            if (end < to) {
                from = end + 1;
                break;
            }
            from = end;
        }
        if (any) {
            number++;
        }
        return any;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        try {
            from = 0;
            to = Math.max(0, in.read(chunk));
        } catch (EOFException | ZipException e) {
            to = 0;
            cutOff = true;
        }
        ended = to == 0;
        return !ended;
    }

    private void append(int end) {
        int added = end - from;
        if (tooLong || length + added > LONGEST_LINE) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + added > line.length) {
            line = Arrays.copyOf(line, Math.max(length + added, 2 * line.length));
        }
        System.arraycopy(chunk, from, line, length, added);
        length += added;
    }

    /** Holds the line from its beginning on, until the next is asked for. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    boolean blank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    /** Whether the line is longer than what is read. */
    boolean tooLong() {
        return tooLong;
    }

    /** Whether packed data ends before its end, or is damaged; what was read before is good. */
    boolean cutOff() {
        return cutOff;
    }

    /** Number of the line, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
