package io.heapwarden.jvm;

import java.nio.charset.StandardCharsets;

/** Names of classes as a histogram writes them ({@code [Ljava.lang.String;}, {@code Foo$$Lambda$17/0x00007f4}) and as people read them. */
final class RawClassName {

    /** Simple names that the JDK and Groovy number: one class each time they generate one. The number says nothing and differs from run to run. */
    private static final byte[][] NUMBERED = {
        ascii("$Proxy"),
        ascii("GeneratedMethodAccessor"),
        ascii("GeneratedConstructorAccessor"),
        ascii("GeneratedSerializationConstructorAccessor"),
        ascii("Script")
    };

    private static final byte[] LAMBDA = ascii("$$Lambda");

    private RawClassName() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Where the part ends that is the same in every run: before the address of a hidden class ({@code /0x...}, or {@code /} and digits on JDK 8),
     * before the number of a lambda, and before the number of a class that the JDK generates.
     *
     * @param slash where the name has its first slash; {@code to} when it has none
     */
    static int stableEnd(byte[] text, int from, int to, int slash) {
        if (slash < to && isAddress(text, slash + 1, to)) {
            int numberStart = digitsStart(text, from, slash);
            return numberStart < slash && text[numberStart - 1] == '$' && endsWith(text, from, numberStart - 1, LAMBDA)
                    ? numberStart - 1
                    : slash;
        }
        int end = text[to - 1] == ';' ? to - 1 : to;
        int numberStart = digitsStart(text, from, end);
        return numberStart < end && isNumbered(text, from, numberStart) ? numberStart : to;
    }

    private static boolean isAddress(byte[] text, int from, int to) {
        int end = text[to - 1] == ';' ? to - 1 : to;
        int at = end - from > 2 && text[from] == '0' && text[from + 1] == 'x' ? from + 2 : from;
        boolean hexadecimal = at > from;
        if (at >= end) {
            return false;
        }
        for (; at < end; at++) {
            byte c = text[at];
            if (!(c >= '0' && c <= '9' || hexadecimal && c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static int digitsStart(byte[] text, int from, int end) {
        int at = end;
        while (at > from + 1 && text[at - 1] >= '0' && text[at - 1] <= '9') {
            at--;
        }
        return at;
    }

    private static boolean isNumbered(byte[] text, int from, int end) {
        for (byte[] generated : NUMBERED) {
            int start = end - generated.length;
            if (endsWith(text, from, end, generated) && (start == from || !isNamePart(text, from, start - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the byte at this place belongs to the same simple name; the L of an array's element type does not. */
    private static boolean isNamePart(byte[] text, int from, int at) {
        boolean elementType = text[at] == 'L' && at > from && text[at - 1] == '[';
        return text[at] != '.' && !elementType;
    }

    private static boolean endsWith(byte[] text, int from, int end, byte[] suffix) {
        int start = end - suffix.length;
        if (start < from) {
            return false;
        }
        for (int i = 0; i < suffix.length; i++) {
            if (text[start + i] != suffix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Dead objects that fill gaps in the heap, from JDK 19 or so on; before that they are {@code int[]} and cannot be told. */
    static boolean isFiller(String javaName) {
        return javaName.equals("jdk.internal.vm.FillerElement[]") || javaName.equals("jdk.internal.vm.FillerObject");
    }

    /**
     * The name as in Java source. A name that was cut has lost the semicolon of an array type, which is put up with.
     *
     * @throws MalformedOutputException when the bytes are not a name
     */
    static String toJava(byte[] raw) throws MalformedOutputException {
        int dimensions = 0;
        while (dimensions < raw.length && raw[dimensions] == '[') {
            dimensions++;
        }
        if (dimensions == raw.length) {
            throw new MalformedOutputException("class histogram has a class without a name");
        }
        if (dimensions == 0) {
            return ModifiedUtf8.decode(raw, 0, raw.length);
        }
        String element =
                switch (raw[dimensions]) {
                    case 'B' -> "byte";
                    case 'C' -> "char";
                    case 'D' -> "double";
                    case 'F' -> "float";
                    case 'I' -> "int";
                    case 'J' -> "long";
                    case 'S' -> "short";
                    case 'Z' -> "boolean";
                    case 'L' ->
                        ModifiedUtf8.decode(
                                raw, dimensions + 1, raw[raw.length - 1] == ';' ? raw.length - 1 : raw.length);
                    default -> "";
                };
        boolean primitive = raw[dimensions] != 'L';
        if (element.isEmpty() || primitive && raw.length != dimensions + 1) {
            throw new MalformedOutputException("class histogram has a garbled array class: "
                    + MalformedOutputException.quote(new String(raw, StandardCharsets.ISO_8859_1)));
        }
        return element + "[]".repeat(dimensions);
    }
}
