package io.heapwarden.jvm;

import java.nio.charset.StandardCharsets;

/**
 * Reads the text of {@code GC.class_histogram} (or {@code jmap -histo}) of JDK 8 to 25 byte by byte. The format is that of HotSpot's
 * heapInspection.cpp; docs/jvm-counters.md has the differences between versions.
 *
 * <p>A text is believed only as a whole: rows numbered from 1 without a gap, each of them well-formed, and a Total line, ended by a newline, that
 * equals their sum. Anything else is a {@link MalformedOutputException}, never a wrong number. Dead filler objects are left out of the classes and
 * of the totals. Safe for use by several threads.
 */
public final class HistogramParser {

    /** Most rows read; an application with that many classes is beyond anything a JVM's metaspace holds. */
    public static final int MAX_ROWS = 1 << 20;

    private final ClassNames names;

    /** A parser that keeps the names it meets in this table. */
    public HistogramParser(ClassNames names) {
        this.names = names;
    }

    /**
     * Reads a histogram.
     *
     * @throws MalformedOutputException when the text is cut off, garbled, or no histogram; the message says where
     */
    public ClassHistogram parse(byte[] text) throws MalformedOutputException {
        HistogramRows rows = new HistogramRows();
        parse(text, text.length, rows);
        return rows.toHistogram();
    }

    /**
     * Reads a histogram into room that is used again. When it fails, what the room holds is undefined.
     *
     * @param text holds the histogram from its beginning on
     * @param length of the histogram in bytes
     * @throws MalformedOutputException when the text is cut off, garbled, or no histogram; the message says where
     */
    public void parse(byte[] text, int length, HistogramRows rows) throws MalformedOutputException {
        // Ended by a newline, every scan below has a byte to stop at and needs no other bound.
        if (length == 0 || text[length - 1] != '\n') {
            throw new MalformedOutputException(
                    "class histogram is cut off: its " + length + " bytes do not end with a line");
        }
        int start = HistogramHeader.firstRow(text, length);
        rows.clear();
        new Scan(text, length, names.open(), rows).run(start);
    }

    /** One pass over one text. */
    private static final class Scan {

        /** Eighteen digits: sums of {@link #MAX_ROWS} such numbers are checked, a single one cannot overflow. */
        private static final long LARGEST_NUMBER = 999_999_999_999_999_999L;

        private static final byte[] TOTAL = "Total".getBytes(StandardCharsets.US_ASCII);

        private final byte[] text;
        private final int length;
        private final ClassNameTable table;
        private final HistogramRows rows;
        private int at;
        private int row;
        private long sumOfInstances;
        private long sumOfBytes;

        Scan(byte[] text, int length, ClassNameTable table, HistogramRows rows) {
            this.text = text;
            this.length = length;
            this.table = table;
            this.rows = rows;
        }

        void run(int start) throws MalformedOutputException {
            at = start;
            while (at < length && text[at] != TOTAL[0]) {
                row++;
                readRow();
            }
            if (at == length) {
                throw malformed("is cut off: no Total line after row " + row);
            }
            readTotal();
        }

        private void readRow() throws MalformedOutputException {
            skipSpaces();
            long number = readNumber();
            if (number != row || row > MAX_ROWS || text[at] != ':') {
                throw malformed("is garbled at the start of row " + row);
            }
            at++;
            long instances = readColumn();
            long bytes = readColumn();
            if (text[at] != ' ' || text[at + 1] != ' ' || text[at + 2] == ' ') {
                throw malformed("is garbled before the class name of row " + row);
            }
            at += 2;
            ClassNameTable.Name name = readName();
            sumOfInstances += instances;
            sumOfBytes += bytes;
            if (sumOfInstances < 0 || sumOfBytes < 0) {
                throw malformed("adds up to more than 63 bits at row " + row);
            }
            if (!name.filler()) {
                rows.add(name, instances, bytes);
            }
        }

        private void readTotal() throws MalformedOutputException {
            for (byte letter : TOTAL) {
                if (text[at++] != letter) {
                    throw malformed("is garbled after row " + row);
                }
            }
            long instances = readColumn();
            long bytes = readColumn();
            if (instances != sumOfInstances || bytes != sumOfBytes) {
                throw malformed("has " + sumOfInstances + " instances and " + sumOfBytes
                        + " bytes in its rows but a Total of " + instances + " and " + bytes);
            }
            while (at < length) {
                if (text[at] != '\n' && text[at] != ' ') {
                    throw malformed("goes on after its Total line");
                }
                at++;
            }
        }

        /** Reads spaces, at least one, and a number. */
        private long readColumn() throws MalformedOutputException {
            if (text[at] != ' ') {
                throw malformed("is garbled in the numbers of row " + row);
            }
            skipSpaces();
            return readNumber();
        }

        private void skipSpaces() {
            while (text[at] == ' ') {
                at++;
            }
        }

        private long readNumber() throws MalformedOutputException {
            int start = at;
            long number = 0;
            int digit = text[at] - '0';
            while (digit >= 0 && digit <= 9 && number <= LARGEST_NUMBER / 10) {
                number = number * 10 + digit;
                digit = text[++at] - '0';
            }
            if (at == start || digit >= 0 && digit <= 9) {
                throw malformed("has no number, or one beyond 18 digits, in row " + row);
            }
            return number;
        }

        /** Reads a class name and, where there is one, the module behind it; ends at the next line. */
        private ClassNameTable.Name readName() throws MalformedOutputException {
            int start = at;
            int hash = 0;
            int slash = -1;
            int hashAtSlash = 0;
            byte b = text[at];
            while (b != '\n' && (b != ' ' || !isModule())) {
                if (b == '/' && slash < 0) {
                    slash = at;
                    hashAtSlash = hash;
                }
                hash = 31 * hash + b;
                b = text[++at];
            }
            int end = at;
            if (end == start) {
                throw malformed("has no class name in row " + row);
            }
            while (b != '\n') {
                b = text[++at];
            }
            at++;
            int stableEnd = RawClassName.stableEnd(text, start, end, slash < 0 ? end : slash);
            if (stableEnd == slash) {
                hash = hashAtSlash;
            } else if (stableEnd != end) {
                hash = hash(start, stableEnd);
            }
            return table.get(text, start, stableEnd, hash);
        }

        /** Whether the space at this place begins a module, {@code (java.base@17.0.15)}, that ends the line. A class name may hold spaces, too. */
        private boolean isModule() {
            if (text[at + 1] != '(') {
                return false;
            }
            int close = at + 2;
            while (text[close] != ')' && text[close] != '\n') {
                close++;
            }
            return text[close] == ')' && text[close + 1] == '\n';
        }

        private int hash(int from, int to) {
            int hash = 0;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + text[i];
            }
            return hash;
        }

        private MalformedOutputException malformed(String what) {
            return new MalformedOutputException("class histogram " + what + " (byte " + at + " of " + length + ")");
        }
    }
}
