package io.heapwarden.jvm;

import java.nio.charset.StandardCharsets;

/**
 * Goes through a diagnostic command's answer line by line, without copying it. Answers hold names that applications chose, so nothing is taken
 * for text before it is needed, and then it is bounded and free of control characters.
 */
final class Lines {

    /** Longest piece of foreign text handed out, in bytes. */
    static final int MAX_TEXT = 512;

    private static final int LARGEST_DIGITS = 18;

    private final String what;
    private final byte[] text;
    private int start;
    private int end = -1;
    private int at;
    private int number;

    /**
     * @param what how messages call the answer, such as "thread dump"
     * @throws MalformedOutputException when it has more bytes than that
     */
    Lines(String what, byte[] text, int maxBytes) throws MalformedOutputException {
        this.what = what;
        this.text = text;
        if (text.length > maxBytes) {
            throw new MalformedOutputException(
                    what + " has " + text.length + " bytes; at most " + maxBytes + " are read");
        }
    }

    /** Goes to the next line; false when there is none. */
    boolean next() {
        start = end + 1;
        if (start >= text.length) {
            start = text.length;
            end = text.length;
            at = start;
            return false;
        }
        end = start;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        at = start;
        number++;
        return true;
    }

    /** Whether the line ends with a line break; what ends without one may have been cut. */
    boolean isWhole() {
        return end < text.length;
    }

    /** Bytes of the line that are not read yet. */
    int remaining() {
        return end - at;
    }

    boolean startsWith(String ascii) {
        return matches(start, ascii);
    }

    /** Whether this word comes next in the line. */
    boolean comesNext(String ascii) {
        return matches(at, ascii);
    }

    /** Goes behind this word when it comes next in the line. */
    boolean skip(String ascii) {
        if (!matches(at, ascii)) {
            return false;
        }
        at += ascii.length();
        return true;
    }

    /** Goes behind the first such word in the rest of the line; stays where it is when there is none. */
    boolean skipPast(String ascii) {
        int found = find(ascii);
        if (found < 0) {
            return false;
        }
        at = found + ascii.length();
        return true;
    }

    void skipSpaces() {
        while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
    }

    private int find(String ascii) {
        for (int i = at; i <= end - ascii.length(); i++) {
            if (matches(i, ascii)) {
                return i;
            }
        }
        return -1;
    }

    /** Where in the rest of the line the last such word begins; -1 when it is not there. */
    int last(String ascii) {
        for (int i = end - ascii.length(); i >= at; i--) {
            if (matches(i, ascii)) {
                return i;
            }
        }
        return -1;
    }

    /** The rest of the line up to the first such character, which is passed over; all of the rest when there is none. */
    String upTo(char ascii) {
        int from = at;
        while (at < end && text[at] != ascii) {
            at++;
        }
        String found = textBetween(from, at);
        at = Math.min(end, at + 1);
        return found;
    }

    /** From here to that place, which {@link #last} gave. */
    String until(int place) {
        String found = textBetween(at, place);
        at = place;
        return found;
    }

    /** What is left of the line, without spaces at its end. */
    String rest() {
        int to = end;
        while (to > at && (text[to - 1] == ' ' || text[to - 1] == '\r' || text[to - 1] == '\t')) {
            to--;
        }
        String found = textBetween(at, to);
        at = end;
        return found;
    }

    /** Decimal digits; -1 when none come next. */
    long number() throws MalformedOutputException {
        int from = at;
        long value = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            if (at - from == LARGEST_DIGITS) {
                throw malformed("has a number beyond 18 digits");
            }
            value = value * 10 + text[at++] - '0';
        }
        return at == from ? -1 : value;
    }

    /** Spaces and decimal digits. */
    long column() throws MalformedOutputException {
        skipSpaces();
        long value = number();
        if (value < 0) {
            throw malformed("has no number where one must be");
        }
        return value;
    }

    /** An address, 0x and hexadecimal digits; 0 when none comes next. */
    long address() {
        if (!skip("0x")) {
            return 0;
        }
        long value = 0;
        int digits = 0;
        while (at < end && digits < Long.BYTES * 2) {
            int digit = Character.digit(text[at], 16);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
            digits++;
        }
        return value;
    }

    private boolean matches(int place, String ascii) {
        if (place < 0 || place + ascii.length() > end) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (text[place + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String textBetween(int from, int to) {
        int bounded = Math.min(Math.max(from, to), from + MAX_TEXT);
        return printable(new String(text, from, bounded - from, StandardCharsets.UTF_8));
    }

    private static String printable(String foreign) {
        for (int i = 0; i < foreign.length(); i++) {
            if (Character.isISOControl(foreign.charAt(i))) {
                return foreign.codePoints()
                        .map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return foreign;
    }

    /** What is wrong, in the line that is being read. */
    MalformedOutputException malformed(String problem) {
        return new MalformedOutputException(what + " " + problem + ", in line " + number + ": "
                + MalformedOutputException.quote(textBetween(start, end)));
    }

    /** What is wrong with the answer as a whole. */
    MalformedOutputException refused(String problem) {
        return new MalformedOutputException(what + " " + problem);
    }

    /** That something else was answered; quotes its first lines. */
    MalformedOutputException noSuchThing() {
        String head = new String(text, 0, Math.min(text.length, MAX_TEXT), StandardCharsets.UTF_8).strip();
        return new MalformedOutputException(
                "the JVM's answer is no " + what + "; it begins with " + MalformedOutputException.quote(head));
    }
}
