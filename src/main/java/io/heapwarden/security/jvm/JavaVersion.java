package io.heapwarden.security.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of Java, by its numbers: the scheme of JEP 322, and for Java 8 its update, whether written 1.8.0_512, 8u512 or 8.0.512. What follows the
 * numbers, as the build or that it is an early access, does not count.
 *
 * @param numbers feature first; no zeros at the end
 */
record JavaVersion(List<Integer> numbers) implements Comparable<JavaVersion> {

    private static final Pattern OLD = Pattern.compile("(?:1\\.8\\.0_|8u|8\\.0\\.)(\\d{1,6})(?!\\d).*");
    private static final Pattern NEW = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,6}){0,5})(?![\\d.]).*");
    private static final int OLD_FEATURE = 8;

    /** Null when it is none. */
    static @Nullable JavaVersion parse(String text) {
        if (text.equals("1.8.0") || text.startsWith("1.8.0-")) {
            return new JavaVersion(List.of(OLD_FEATURE));
        }
        Matcher old = OLD.matcher(text);
        if (old.matches()) {
            return trimmed(List.of(OLD_FEATURE, Integer.parseInt(old.group(1))));
        }
        Matcher matcher = NEW.matcher(text);
        if (text.startsWith("1.8.0_") || !matcher.matches()) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : matcher.group(1).split("\\.", -1)) {
            numbers.add(Integer.valueOf(number));
        }
        // Java 7 and before said 1.7.
        return trimmed(numbers.getFirst() == 1 && numbers.size() > 1 ? numbers.subList(1, numbers.size()) : numbers);
    }

    private static JavaVersion trimmed(List<Integer> numbers) {
        int size = numbers.size();
        while (size > 1 && numbers.get(size - 1) == 0) {
            size--;
        }
        return new JavaVersion(List.copyOf(numbers.subList(0, size)));
    }

    int feature() {
        return numbers.getFirst();
    }

    @Override
    public int compareTo(JavaVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int mine = i < numbers.size() ? numbers.get(i) : 0;
            int theirs = i < other.numbers.size() ? other.numbers.get(i) : 0;
            if (mine != theirs) {
                return Integer.compare(mine, theirs);
            }
        }
        return 0;
    }
}
