package io.heapwarden.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part within its limit.
 *
 * @param bytes UTF-8, with a last line that says so when it was cut
 * @param cutFrom length in bytes before it was cut; null when it is whole
 */
record CutText(byte[] bytes, @Nullable Long cutFrom) {

    /** Room for the line that says that the rest is missing. */
    private static final int NOTE = 128;

    /** @param lengthBefore length in bytes of what the text was made from, when it has been shortened already */
    static CutText of(Part part, String text, long lengthBefore) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        if (whole.length <= part.limit() && lengthBefore <= part.limit()) {
            return new CutText(whole, null);
        }
        int end = Math.min(whole.length, part.limit() - NOTE);
        int line = end;
        while (line > 0 && whole[line - 1] != '\n') {
            line--;
        }
        // A text without lines is cut between characters: continuation bytes of UTF-8 begin with 10.
        while (line == 0 && end > 0 && end < whole.length && (whole[end] & 0xC0) == 0x80) {
            end--;
        }
        byte[] kept = Arrays.copyOf(whole, line == 0 ? end : line);
        byte[] note = String.format(
                        Locale.ROOT,
                        "%s# Cut by Heapwarden: these are the first %d of %d bytes.%n",
                        line == 0 ? "\n" : "",
                        kept.length,
                        Math.max(lengthBefore, whole.length))
                .replace("\r", "")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(kept, kept.length + note.length);
        System.arraycopy(note, 0, bytes, kept.length, note.length);
        return new CutText(bytes, Math.max(lengthBefore, whole.length));
    }
}
