package io.heapwarden.security.jvm;

import io.heapwarden.jvm.MalformedOutputException;

/** Foreign text and numbers, made fit to be kept. */
final class Words {

    /** Longest line that is kept: longer than any path. */
    static final int LONGEST = 4200;

    private static final int QUOTED = 60;

    private Words() {}

    /** A line without control characters, shortened. A tab is a blank. */
    static String printable(String line) {
        String bounded = line.length() <= LONGEST ? line : line.substring(0, LONGEST);
        return bounded.replace('\t', ' ').replaceAll("\\p{Cntrl}", "?");
    }

    /** A number that is not negative. */
    static long number(String what, String digits, long most) throws MalformedOutputException {
        try {
            long number = Long.parseLong(digits.strip());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers out of range.
        }
        throw new MalformedOutputException("the security script says no sensible number for the " + what + ": "
                + printable(digits.length() <= QUOTED ? digits : digits.substring(0, QUOTED)));
    }

    /** A number of at most ten digits; the largest there is where it is larger. */
    static int small(String digits) {
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits));
    }
}
