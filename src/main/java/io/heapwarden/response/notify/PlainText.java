package io.heapwarden.response.notify;

import org.jspecify.annotations.Nullable;

/** Makes text that may come from a pod fit to be shown: one line, of bounded length, without characters that no reader sees. */
final class PlainText {

    private static final int UNSEEN = 0xFFFD;
    private static final String CUT = "…";

    private PlainText() {}

    static @Nullable String orNull(@Nullable String text, int longest) {
        return text == null || text.isEmpty() ? null : of(text, longest);
    }

    /** The text, at most {@code longest} UTF-16 units of it; ends in {@code …} where it was cut. */
    static String of(String text, int longest) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), longest));
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            int room = longest - (next < text.length() ? CUT.length() : 0);
            if (shown.length() + Character.charCount(point) > room) {
                return shown.append(CUT).toString();
            }
            shown.appendCodePoint(shown(point));
            at = next;
        }
        return shown.toString();
    }

    private static int shown(int point) {
        return switch (Character.getType(point)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            // A direction override or a zero-width character makes a name read as another one.
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> UNSEEN;
            case Character.CONTROL -> Character.isWhitespace(point) ? ' ' : UNSEEN;
            default -> point;
        };
    }
}
