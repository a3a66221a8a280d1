package io.heapwarden.jvm;

/** What is the same in the names of threads that do the same. */
final class ThreadNames {

    /** From so many hexadecimal digits on, with one that is no letter among them, a word is an id. */
    private static final int SHORTEST_ID = 4;

    private ThreadNames() {}

    /** {@code pool-3-thread-17} becomes {@code pool-N-thread-N}; a word of four or more hexadecimal digits, as in a UUID, is one number, too. */
    static String normalised(String name) {
        StringBuilder normalised = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            int id = idEnd(name, at);
            int digits = id > at ? id : digitsEnd(name, at);
            if (digits > at) {
                normalised.append('N');
                at = digits;
            } else {
                normalised.append(name.charAt(at++));
            }
        }
        return normalised.toString();
    }

    private static int digitsEnd(String name, int from) {
        int at = from;
        while (at < name.length() && isDigit(name.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The end of an id that begins here; here when none does. */
    private static int idEnd(String name, int from) {
        if (from > 0 && isWord(name.charAt(from - 1))) {
            return from;
        }
        int at = from;
        boolean digit = false;
        while (at < name.length() && isHexadecimal(name.charAt(at))) {
            digit |= isDigit(name.charAt(at));
            at++;
        }
        boolean ends = at == name.length() || !isWord(name.charAt(at));
        return ends && digit && at - from >= SHORTEST_ID ? at : from;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexadecimal(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isWord(char c) {
        return isDigit(c) || Character.isLetter(c);
    }
}
