package io.heapwarden.probe.metrics;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.http.BodySink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a metrics page, in Prometheus' text format 0.0.4 or OpenMetrics 1.0, as it comes in. Only metrics that are wanted are taken apart; of the
 * others no more is read than that they are lines of such a page. Call {@link #end} after the last byte. Not safe for use by several threads.
 */
final class ExpositionParser implements BodySink {

    /** Longest line of a metric that is wanted, or of which the name is not known yet; longer ones that are not wanted are passed over. */
    static final int LONGEST_LINE = 16 << 10;

    /** Most lines of wanted metrics; a JVM has about a hundred. */
    static final int MOST_SAMPLES = 4096;

    private static final String EOF = "# EOF";

    private final WantedNames wanted;
    private final Consumer<MetricSample> consumer;
    private byte[] line = new byte[512];
    private int length;
    private boolean overlong;
    private long lines;
    private int samples;
    private boolean ended;
    private boolean wentOn;

    /**
     * @param names of the metrics that are wanted
     * @param consumer takes them in the order of the page
     */
    ExpositionParser(Set<String> names, Consumer<MetricSample> consumer) {
        this.wanted = new WantedNames(names);
        this.consumer = consumer;
    }

    @Override
    public void accept(ByteBuffer bytes) throws MalformedOutputException {
        while (bytes.hasRemaining()) {
            int newline = indexOfNewline(bytes);
            int end = newline < 0 ? bytes.limit() : newline;
            append(bytes, end - bytes.position());
            if (newline >= 0) {
                bytes.position(newline + 1);
                endOfLine();
            }
        }
    }

    /**
     * Says that the page is complete.
     *
     * @param openMetrics whether it says it is OpenMetrics, which ends with a mark
     * @throws MalformedOutputException when it was cut: a page ends with a newline, and an OpenMetrics one with {@code # EOF}, too
     */
    void end(boolean openMetrics) throws MalformedOutputException {
        if (length > 0 && openMetrics) {
            // OpenMetrics may leave out the newline behind its last line, which is only its mark.
            endOfLine();
        }
        if (length > 0 || overlong) {
            throw malformed("the page ends in the middle of a line");
        }
        // In the plain format the mark is a comment: pages that a proxy has put together have it in their middle.
        if (openMetrics && wentOn) {
            throw malformed("the page goes on after # EOF");
        }
        if (openMetrics && !ended) {
            throw malformed("the page ends without # EOF");
        }
    }

    private void append(ByteBuffer bytes, int count) throws MalformedOutputException {
        int room = Math.min(count, LONGEST_LINE - length);
        if (length + room > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST_LINE, Math.max(line.length * 2, length + room)));
        }
        bytes.get(line, length, room);
        length += room;
        if (room < count) {
            bytes.position(bytes.position() + count - room);
            if (!overlong && (wanted.find(line, nameStart(), nameEnd(nameStart())) != null || nameFillsLine())) {
                throw malformed("a line is longer than " + LONGEST_LINE + " bytes");
            }
            overlong = true;
        }
    }

    private void endOfLine() throws MalformedOutputException {
        lines++;
        int start = nameStart();
        if (start < length) {
            wentOn |= ended;
            if (line[start] == '#') {
                ended |= isEndMark(start);
            } else {
                sample(start);
            }
        }
        length = 0;
        overlong = false;
    }

    private void sample(int start) throws MalformedOutputException {
        int end = nameEnd(start);
        if (end == start || end == length || !isBlank(line[end]) && line[end] != '{') {
            throw malformed("no line of a metrics page: " + SampleLine.quote(line, start, length));
        }
        String name = wanted.find(line, start, end);
        if (name == null) {
            return;
        }
        if (++samples > MOST_SAMPLES) {
            throw malformed("the page has more than " + MOST_SAMPLES + " lines of JVM metrics");
        }
        @Nullable MetricSample parsed = new SampleLine(line, end, length).parse(name);
        if (parsed == null) {
            throw malformed("cannot be read: " + SampleLine.quote(line, start, length));
        }
        consumer.accept(parsed);
    }

    private int nameStart() {
        int start = 0;
        while (start < length && isBlank(line[start])) {
            start++;
        }
        return start;
    }

    private int nameEnd(int start) {
        int end = start;
        while (end < length && isNameByte(line[end], end == start)) {
            end++;
        }
        return end;
    }

    private boolean nameFillsLine() {
        return nameEnd(nameStart()) == length;
    }

    private boolean isEndMark(int start) {
        if (length - start != EOF.length()) {
            return false;
        }
        for (int i = 0; i < EOF.length(); i++) {
            if (line[start + i] != EOF.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private MalformedOutputException malformed(String what) {
        return new MalformedOutputException("line " + (lines == 0 ? 1 : lines) + ": " + what);
    }

    private static int indexOfNewline(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    static boolean isNameByte(byte b, boolean first) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == ':' || !first && b >= '0' && b <= '9';
    }
}
