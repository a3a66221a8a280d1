package io.heapwarden.jvm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoding of names inside a JVM: like UTF-8, but a character outside the basic plane is two surrogates of three bytes each (JVMS 4.4.7).
 * Different bytes give different names, which the JDK's own UTF-8 decoder does not promise.
 */
final class ModifiedUtf8 {

    private ModifiedUtf8() {}

    /**
     * Decodes the bytes of a name.
     *
     * @throws MalformedOutputException when they are not in this encoding, or hold control characters
     */
    static String decode(byte[] bytes, int from, int to) throws MalformedOutputException {
        StringBuilder name = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int first = bytes[at] & 0xFF;
            int length = first < 0x80 ? 1 : first >> 5 == 0b110 ? 2 : first >> 4 == 0b1110 ? 3 : 0;
            if (length == 0 || at + length > to || first < ' ' || first == 0x7F) {
                throw garbled(bytes, from, to);
            }
            int character = length == 1 ? first : first & 0xFF >> length + 1;
            for (int i = 1; i < length; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    throw garbled(bytes, from, to);
                }
                character = character << 6 | bytes[at + i] & 0x3F;
            }
            boolean overlong = length == 2 && character < 0x80 || length == 3 && character < 0x800;
            if (overlong || Character.isISOControl(character)) {
                throw garbled(bytes, from, to);
            }
            name.append((char) character);
            at += length;
        }
        return name.toString();
    }

    /** The bytes of a name. */
    static byte[] encode(String name) {
        byte[] bytes = new byte[name.length() * 3];
        int end = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80) {
                bytes[end++] = (byte) c;
            } else if (c < 0x800) {
                bytes[end++] = (byte) (0xC0 | c >> 6);
                bytes[end++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[end++] = (byte) (0xE0 | c >> 12);
                bytes[end++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[end++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return Arrays.copyOf(bytes, end);
    }

    private static MalformedOutputException garbled(byte[] bytes, int from, int to) {
        String shown = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return new MalformedOutputException(
                "class histogram has a garbled class name: " + MalformedOutputException.quote(shown));
    }
}
