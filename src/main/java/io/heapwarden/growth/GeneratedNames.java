package io.heapwarden.growth;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins classes that a program generates while it runs, so that one leak is one class and not a thousand: enhanced and proxied classes by the
 * marks that CGLIB, Byte Buddy, Hibernate, Javassist and Mockito put into their names, and any names that differ by a final number only, when there
 * are many of them. What the JDK itself generates is joined by the histogram's parser already.
 */
final class GeneratedNames {

    /** Names that differ by a final number are one class from this many on; people write a Step1, Step2 and Step3 by hand. */
    static final int MANY = 12;

    /** From these marks on the name is made up. */
    private static final Pattern MARK = Pattern.compile(
            "\\$\\$EnhancerBy\\w*|\\$\\$FastClassBy\\w*|\\$\\$SpringCGLIB|\\$ByteBuddy\\$|\\$MockitoMock\\$|\\$HibernateProxy\\$|\\$HibernateInstantiator\\$"
                    + "|_\\$\\$_j(?:ava)?(?:ss)?[a-z]*_?|\\$\\$Lambda|\\$\\$InjectedInvoker|\\$jb\\d");

    private static final int LEAST_STEM = 3;

    private GeneratedNames() {}

    /** The classes of a histogram with generated ones joined, and without dead filler. */
    static List<Entry> joined(ClassHistogram histogram) {
        List<Entry> classes = new ArrayList<>(histogram.size());
        List<Entry> doubtful = new ArrayList<>();
        Map<String, Integer> stems = new HashMap<>();
        histogram.forEach(entry -> {
            String name = entry.className();
            if (Carriers.isFiller(name)) {
                return;
            }
            if (mayBeGenerated(name)) {
                doubtful.add(entry);
                stems.merge(stem(name), isAnonymous(name) ? 0 : 1, Integer::sum);
            } else {
                classes.add(entry);
            }
        });
        Map<String, Entry> joined = new HashMap<>();
        for (Entry entry : doubtful) {
            String marked = beforeMark(entry.className());
            String stem = stem(entry.className());
            String name = !marked.equals(entry.className())
                    ? marked
                    : stems.getOrDefault(stem, 0) >= MANY ? stem : entry.className();
            joined.merge(name, new Entry(name, entry.instances(), entry.bytes()), GeneratedNames::sum);
        }
        classes.addAll(joined.values());
        return classes;
    }

    private static Entry sum(Entry one, Entry other) {
        return new Entry(one.className(), one.instances() + other.instances(), one.bytes() + other.bytes());
    }

    private static boolean mayBeGenerated(String name) {
        char last = name.charAt(name.length() - 1);
        return last >= '0' && last <= '9'
                || name.contains("$$")
                || name.contains("$ByteBuddy$")
                || name.contains("Proxy$")
                || name.contains("Mock$");
    }

    private static String beforeMark(String name) {
        Matcher mark = MARK.matcher(name);
        return mark.find() && mark.start() >= LEAST_STEM ? name.substring(0, mark.end()) : name;
    }

    /** The name without its final number, or hexadecimal number behind a dollar or underscore. */
    private static String stem(String name) {
        int end = name.length();
        while (end > LEAST_STEM && isDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Anonymous classes of one class are numbered, but written by hand. */
    private static boolean isAnonymous(String name) {
        return stem(name).endsWith("$");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
