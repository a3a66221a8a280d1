package io.heapwarden.security.falco;

/** Text from outside, made fit to be kept, compared and shown: one line, no control or direction characters, no half characters, and not long. */
final class PlainText {

    private PlainText() {}

    /** The beginning of a text, at most so many UTF-16 units. */
    static String of(String text, int most) {
        int length = Math.min(text.length(), most);
        for (int i = 0; i < length; i++) {
            if (!plain(text.charAt(i))) {
                return replaced(text, length);
            }
        }
        return length == text.length() ? text : text.substring(0, length);
    }

    private static String replaced(String text, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\uFFFD' : ' ');
            }
        }
        return out.toString();
    }

    private static boolean plain(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        // Control characters of Latin-1; then what turns the direction of text, ends lines, or is half a character.
        return c >= 0xa0
                && !Character.isSurrogate(c)
                && c != 0xfeff
                && !(c >= 0x200b && c <= 0x200f)
                && !(c >= 0x2028 && c <= 0x202e)
                && !(c >= 0x2060 && c <= 0x206f);
    }
}
