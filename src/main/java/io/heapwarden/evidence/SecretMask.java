package io.heapwarden.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a JVM says of itself: flags, command lines, system properties, text like environments. Names stay, values become
 * {@value #MASK}. It rather masks too much than leaks: where it is not clear where a value ends, all of it that may belong to it goes. What it looks
 * for is listed in docs/evidence.md. It cannot know a secret with a harmless name and no known shape, so who may read a bundle has to be chosen all the
 * same.
 */
public final class SecretMask {

    /** What is put in the place of a value. */
    public static final String MASK = "***";

    /** A name with {@code =} or {@code :} after it, bare or in quotes; or an option whose value is the next word, {@code --password s3cret}. */
    private static final Pattern NAMED = Pattern.compile(
            "(?<![\\p{Alnum}_.$/%\\[\\]-])([\\p{Alnum}_.$/%\\[\\]-]++)([\"']{0,2}+\\s{0,8}+(?:=>|==?|:)\\s{0,8}+|\\s++)");

    /** Where the next option begins, and with it the value before ends. */
    private static final Pattern NEXT_OPTION = Pattern.compile("\\s-(?=[\\p{Alpha}-])");

    /** What may stand before the name of a property in its line. */
    private static final Pattern LEAD = Pattern.compile("[\\s\"'{,]*+");

    private SecretMask() {}

    /** Masks by name and by shape; the lines stay lines. */
    public static String text(String text) {
        return eachLine(SecretShapes.maskBlocks(text), true);
    }

    /** Masks by shape alone: for text whose words are code, such as a thread dump. */
    public static String shapes(String text) {
        return eachLine(SecretShapes.maskBlocks(text), false);
    }

    private static String eachLine(String text, boolean byName) {
        StringBuilder masked = new StringBuilder(text.length());
        boolean continued = false;
        for (int from = 0; from < text.length(); ) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            String line = text.substring(from, to);
            String done = continued ? MASK : line(line, byName);
            // A backslash at the end carries a value on into the next line.
            continued = byName && done.endsWith(MASK) && line.stripTrailing().endsWith("\\");
            masked.append(done);
            if (newline >= 0) {
                masked.append('\n');
            }
            from = to + 1;
        }
        return masked.toString();
    }

    /** Addresses first, since a password in one may hold what looks like a name; then names, which need their values as they are; the rest last. */
    private static String line(String line, boolean byName) {
        String addressed = SecretShapes.maskAddresses(line);
        return SecretShapes.maskTokens(byName ? names(addressed) : addressed);
    }

    /** Masks each value of the line whose name means a secret. */
    private static String names(String line) {
        StringBuilder masked = new StringBuilder(line.length());
        Matcher named = NAMED.matcher(line);
        int at = 0;
        while (named.find()) {
            if (!secret(line, named)) {
                continue;
            }
            int value = named.end();
            int end = at == 0 && property(line, named.start()) ? line.length() : end(line, value);
            masked.append(line, at, value).append(end > value ? MASK : "");
            at = end;
            named.region(end, line.length());
        }
        return masked.append(line, at, line.length()).toString();
    }

    private static boolean secret(String line, Matcher named) {
        String name = line.substring(named.start(1), named.end(1));
        String separator = line.substring(named.start(2), named.end(2)).strip();
        boolean option = separator.isEmpty();
        boolean path = separator.equals(":") && name.indexOf('/') >= 0;
        return option ? name.startsWith("-") && SecretNames.secret(name) : !path && SecretNames.secret(name);
    }

    /** Whether the line is one property, which belongs to its value to the end. */
    private static boolean property(String line, int nameFrom) {
        return line.charAt(nameFrom) != '-'
                && LEAD.matcher(line.substring(0, nameFrom)).matches();
    }

    /** In a command line a value ends where the next option begins. */
    private static int end(String line, int valueFrom) {
        Matcher next = NEXT_OPTION.matcher(line).region(valueFrom, line.length());
        return next.find() ? next.start() : line.length();
    }
}
