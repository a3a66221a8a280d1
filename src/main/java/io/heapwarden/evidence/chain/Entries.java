package io.heapwarden.evidence.chain;

import java.util.Locale;

/** How large a collection is, and how that is known. Nothing is claimed that was not counted. */
public sealed interface Entries {

    /** The number, of whatever it is. */
    long number();

    /** In words: {@code 7.8 M entries}, {@code table of 8.4 M slots}, {@code 7.8 M HashMap$Node in the whole heap}. */
    String text();

    /** The collection's own field says so. */
    record Counted(long number) implements Entries {
        @Override
        public String text() {
            return number == 1 ? "1 entry" : readable(number) + " entries";
        }
    }

    /** Only the length of the array behind it is known: so many entries have room, and how many there are is not known. */
    record Slots(long number) implements Entries {
        @Override
        public String text() {
            return "table of " + readable(number) + (number == 1 ? " slot" : " slots");
        }
    }

    /**
     * Only a class histogram counted the objects that such collections are made of, in all collections of the JVM together.
     *
     * @param className the class of those objects
     */
    record InHeap(String className, long number) implements Entries {
        @Override
        public String text() {
            String local = className.substring(className.lastIndexOf('.') + 1);
            return readable(number) + " " + local + " in the whole heap";
        }
    }

    private static String readable(long number) {
        long million = 1_000_000;
        return number >= million
                ? String.format(Locale.ROOT, "%.1f M", (double) number / million)
                : String.format(Locale.ROOT, "%,d", number);
    }
}
