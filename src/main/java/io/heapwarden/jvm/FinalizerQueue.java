package io.heapwarden.jvm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code GC.finalizer_info} says, on JDK 8 to 25: unreachable objects that wait for their finalizer to be run, and hold what they hold until
 * then.
 *
 * @param classes by class, most first
 * @param pending all together
 */
public record FinalizerQueue(List<Pending> classes, long pending) {

    /** Longest answer read. */
    public static final int MAX_BYTES = 4 << 20;

    private static final long LARGEST = 1L << 40;

    /** Copies the list. */
    public FinalizerQueue {
        classes = List.copyOf(classes);
    }

    /**
     * Objects of one class.
     *
     * @param className their class
     * @param count how many wait
     */
    public record Pending(String className, long count) {}

    /**
     * Reads the text, with or without the lines that a client puts before it. That it was cut can be told only within a line.
     *
     * @throws MalformedOutputException when it is no such list
     */
    public static FinalizerQueue parse(byte[] text) throws MalformedOutputException {
        Lines line = new Lines("list of finalizers", text, MAX_BYTES);
        while (line.next()) {
            if (line.startsWith("No instances waiting for finalization found")) {
                return new FinalizerQueue(List.of(), 0);
            }
            if (line.startsWith("#instances")) {
                return rows(line);
            }
        }
        throw line.noSuchThing();
    }

    private static FinalizerQueue rows(Lines line) throws MalformedOutputException {
        List<Pending> classes = new ArrayList<>();
        long sum = 0;
        while (line.next()) {
            line.skipSpaces();
            if (line.remaining() == 0 || line.comesNext("---")) {
                continue;
            }
            long count = line.column();
            line.skipSpaces();
            String className = line.rest();
            if (className.isEmpty() || count > LARGEST || !line.isWhole()) {
                throw line.malformed("has a row that is none");
            }
            classes.add(new Pending(className, count));
            sum += count;
            if (sum > LARGEST) {
                throw line.malformed("has numbers beyond reason");
            }
        }
        if (classes.isEmpty()) {
            throw line.refused("is cut: it has a header and no row");
        }
        classes.sort(Comparator.comparingLong(Pending::count).reversed().thenComparing(Pending::className));
        return new FinalizerQueue(classes, sum);
    }
}
