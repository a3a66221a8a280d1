package io.heapwarden.jvm;

import java.nio.charset.StandardCharsets;

/**
 * The lines before the first row: what the client printed ({@code PID:} from jcmd, {@code 0} over the attach socket), an empty line on JDK 8, a
 * complaint of the JVM, and then the names of the columns and a rule.
 */
final class HistogramHeader {

    private static final String COLUMNS = "num     #instances         #bytes  class name";
    private static final String RULE = "-------";
    private static final String OUT_OF_MEMORY = "Ran out of C-heap";
    private static final String UNDERCOUNTED = "undercounted";

    /** Most lines before the columns; a stack trace of the client is longer than that, and is no histogram. */
    private static final int MAX_PREAMBLE_LINES = 16;

    private static final int MAX_LINE_BYTES = 1024;

    private HistogramHeader() {}

    /**
     * Where the first row starts.
     *
     * @throws MalformedOutputException when no histogram begins here, with the first line that may say why
     */
    static int firstRow(byte[] text, int length) throws MalformedOutputException {
        String complaint = "";
        int at = 0;
        for (int line = 0; line < MAX_PREAMBLE_LINES && at < length; line++) {
            int end = lineEnd(text, at, length);
            String content =
                    new String(text, at, Math.min(end - at, MAX_LINE_BYTES), StandardCharsets.ISO_8859_1).strip();
            at = end + 1;
            if (content.startsWith(COLUMNS)) {
                return afterRule(text, at, length);
            }
            if (content.contains(OUT_OF_MEMORY) && content.contains(UNDERCOUNTED)) {
                throw new MalformedOutputException(
                        "class histogram is incomplete, the JVM says: " + MalformedOutputException.quote(content));
            }
            boolean clientLine = content.isEmpty() || content.matches("\\d+:?");
            if (complaint.isEmpty() && !clientLine) {
                complaint = content;
            }
        }
        throw new MalformedOutputException("output is not a class histogram"
                + (complaint.isEmpty()
                        ? ": it has no header line"
                        : "; it begins with " + MalformedOutputException.quote(complaint)));
    }

    private static int afterRule(byte[] text, int at, int length) throws MalformedOutputException {
        int end = at < length ? lineEnd(text, at, length) : at;
        if (!new String(text, at, Math.min(end - at, MAX_LINE_BYTES), StandardCharsets.ISO_8859_1).startsWith(RULE)) {
            throw new MalformedOutputException(
                    "class histogram is garbled or cut off after its header line (byte " + at + ")");
        }
        return end + 1;
    }

    /** Where the newline of this line is; the text ends with one. */
    private static int lineEnd(byte[] text, int from, int length) {
        int at = from;
        while (at < length && text[at] != '\n') {
            at++;
        }
        return at;
    }
}
