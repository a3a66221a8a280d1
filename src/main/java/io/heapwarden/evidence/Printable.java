package io.heapwarden.evidence;

/** Foreign text made fit for a terminal or a message: no control characters, which could move the cursor or hide what follows. */
public final class Printable {

    private static final int LONGEST_LINE = 400;

    private Printable() {}

    /** One line of bounded length. */
    public static String line(String foreign) {
        String head = foreign.length() <= LONGEST_LINE ? foreign : foreign.substring(0, LONGEST_LINE) + "...";
        return clean(head, false);
    }

    /** Text that keeps its lines and tabs. */
    public static String text(String foreign) {
        return clean(foreign, true);
    }

    private static String clean(String foreign, boolean keepLines) {
        StringBuilder clean = new StringBuilder(foreign.length());
        foreign.codePoints()
                .map(c -> keepLines && (c == '\n' || c == '\t') || !unfit(c) ? c : '?')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Control characters, and those that reorder the text around them. */
    private static boolean unfit(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
