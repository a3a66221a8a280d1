package io.heapwarden.evidence.heapdump;

/**
 * Tells text that can be a name of a class, field, method or source file, or a descriptor of one, from other text. A dump begins with all symbols
 * of the JVM, and those are the names and also every string literal of every loaded class: passwords, URLs and messages that are written
 * in the source. Which symbol is used as a name, the dump says only later, so it is told by its characters. Names have letters, digits,
 * {@code _}, {@code $} and {@code -} (Kotlin), and {@code . ; [ / ( ) < > +} where they are qualified, are descriptors, {@code <init>}, or of a
 * hidden class.
 */
final class SymbolText {

    private static final String OF_NAMES = "_$-.;[/()<>+";

    /** The longest symbol of a JVM, which counts its length in 16 bits. */
    static final int LONGEST = 0xFFFF;

    private SymbolText() {}

    /** Whether the text, in modified UTF-8, may be a name. What is not ASCII counts as a letter. */
    static boolean mayBeName(byte[] text) {
        for (byte unit : text) {
            boolean letter = unit < 0 || unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z';
            boolean digit = unit >= '0' && unit <= '9';
            if (!letter && !digit && OF_NAMES.indexOf(unit) < 0) {
                return false;
            }
        }
        return true;
    }
}
