package io.heapwarden.jvm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code VM.native_memory summary} says, on JDK 8 to 25. Sizes are in bytes, as exact as the JVM's text: whole kilobytes. */
public sealed interface NativeMemory {

    /** Longest answer read; real ones have 4 KB. */
    int MAX_BYTES = 64 << 10;

    /** The JVM keeps no account: it was started without {@code -XX:NativeMemoryTracking=summary}, or has given it up. */
    record NotTracked() implements NativeMemory {}

    /**
     * The JVM's account of what it took from the system. What libraries take themselves is not in it.
     *
     * @param reserved address space
     * @param committed what is backed by memory, if it is touched
     * @param categories largest committed first; those below 1 KB are left out from JDK 17 on
     */
    record Tracked(long reserved, long committed, List<Category> categories) implements NativeMemory {
        /** Copies the list. */
        public Tracked {
            categories = List.copyOf(categories);
        }
    }

    /**
     * One purpose that memory was taken for.
     *
     * @param name as the JVM calls it, such as {@code Java Heap}, {@code Class}, {@code Thread}
     * @param reserved address space
     * @param committed what is backed by memory
     */
    record Category(String name, long reserved, long committed) {}

    /**
     * Reads the text, with or without the lines that a client puts before it.
     *
     * @throws MalformedOutputException when it is no such account, or its categories do not add up to its total
     */
    static NativeMemory parse(byte[] text) throws MalformedOutputException {
        return Account.read(new Lines("native memory account", text, MAX_BYTES));
    }

    /** Reads an account line by line. */
    final class Account {

        private static final int KILOBYTE_BITS = 10;
        private static final long LARGEST = 1L << 50;

        /** Each category and the total are rounded on their own. */
        private static final long ROUNDING = 1;

        /** The most that the JVM leaves out as too small: a kilobyte for each of its some thirty categories. */
        private static final long LEFT_OUT = 40;

        private Account() {}

        private static NativeMemory read(Lines line) throws MalformedOutputException {
            while (line.next()) {
                if (line.startsWith("Native memory tracking is not enabled")
                        || line.startsWith("Native memory tracking has been shutdown")) {
                    return new NotTracked();
                }
                if (line.skip("Total: ")) {
                    Category total = sizes(line, "Total");
                    return tracked(total, categories(line), line);
                }
            }
            throw line.noSuchThing();
        }

        private static List<Category> categories(Lines line) throws MalformedOutputException {
            List<Category> categories = new ArrayList<>();
            Set<String> names = new HashSet<>();
            while (line.next()) {
                if (line.skip("-")) {
                    line.skipSpaces();
                    int end = line.last(" (reserved=");
                    if (end < 0) {
                        throw line.malformed("has a category without sizes");
                    }
                    String name = line.until(end);
                    line.skip(" (");
                    categories.add(sizes(line, name));
                    if (!names.add(name)) {
                        throw line.malformed("has a category twice");
                    }
                }
            }
            return categories;
        }

        private static NativeMemory tracked(Category total, List<Category> categories, Lines line)
                throws MalformedOutputException {
            long reserved = categories.stream().mapToLong(Category::reserved).sum();
            long committed = categories.stream().mapToLong(Category::committed).sum();
            long allowed = (categories.size() + 1) * ROUNDING + LEFT_OUT << KILOBYTE_BITS;
            if (Math.abs(reserved - total.reserved) > allowed || Math.abs(committed - total.committed) > allowed) {
                throw line.refused("has categories of " + reserved + " bytes reserved and " + committed
                        + " committed but totals of " + total.reserved + " and " + total.committed);
            }
            return new Tracked(
                    total.reserved,
                    total.committed,
                    categories.stream()
                            .sorted(Comparator.comparingLong(Category::committed)
                                    .reversed()
                                    .thenComparing(Category::name))
                            .toList());
        }

        /** {@code reserved=1524KB, committed=99KB}. */
        private static Category sizes(Lines line, String name) throws MalformedOutputException {
            long reserved = line.skip("reserved=") ? kilobytes(line) : -1;
            long committed = line.skip(", committed=") ? kilobytes(line) : -1;
            if (reserved < 0 || committed < 0 || committed > reserved) {
                throw line.malformed("has no sizes reserved and committed");
            }
            return new Category(name, reserved, committed);
        }

        private static long kilobytes(Lines line) throws MalformedOutputException {
            long number = line.number();
            if (number < 0 || number > LARGEST >> KILOBYTE_BITS || !line.skip("KB")) {
                throw line.malformed("has an impossible size");
            }
            return number << KILOBYTE_BITS;
        }
    }
}
