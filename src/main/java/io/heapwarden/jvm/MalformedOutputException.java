package io.heapwarden.jvm;

/**
 * What a JVM or its container handed back is cut off, garbled, or not what was asked for. The message says what is wrong and where; it quotes
 * foreign text only shortened and without control characters.
 */
public final class MalformedOutputException extends Exception {

    private static final int QUOTED_CHARACTERS = 80;

    public MalformedOutputException(String message) {
        super(message);
    }

    /** Foreign text made fit for a message: one line, printable ASCII, at most 80 characters. */
    static String quote(String foreign) {
        String head = foreign.length() <= QUOTED_CHARACTERS ? foreign : foreign.substring(0, QUOTED_CHARACTERS) + "...";
        StringBuilder quoted = new StringBuilder(head.length() + 2).append('"');
        head.chars().map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> quoted.append((char) c));
        return quoted.append('"').toString();
    }
}
