package io.heapwarden.jvm;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code VM.classloader_stats} says, on JDK 8 to 25: class loaders by their class. Sizes are in bytes.
 *
 * @param loaders class loaders alive, by class, those with most chunk bytes first
 * @param count class loaders alive
 * @param classes classes that they have loaded, hidden ones included
 * @param chunkBytes metaspace given to them, hidden classes included
 * @param blockBytes what they use of it
 */
public record ClassLoaderStatistics(List<Loaders> loaders, long count, long classes, long chunkBytes, long blockBytes) {

    /** Longest answer read. A loader takes about 110 bytes, twice that with hidden classes. */
    public static final int MAX_BYTES = 16 << 20;

    /** Different classes of loaders kept; those of further ones are counted as this. */
    public static final String OTHERS = "(others)";

    static final int MAX_LOADER_CLASSES = 4096;

    private static final String HEADER = "ClassLoader         Parent              CLD*";

    /** Copies the list. */
    public ClassLoaderStatistics {
        loaders = List.copyOf(loaders);
    }

    /**
     * The class loaders of one class.
     *
     * @param className class of the loaders; {@code <boot class loader>} for the JVM's own
     * @param count how many there are
     * @param classes classes they have loaded, hidden ones left out
     * @param hiddenClasses hidden classes, such as lambdas, defined by way of them; called unsafe anonymous classes up to JDK 14
     * @param chunkBytes metaspace given to them, hidden classes included
     * @param blockBytes what they use of it
     */
    public record Loaders(
            String className, long count, long classes, long hiddenClasses, long chunkBytes, long blockBytes) {

        private Loaders plus(Loaders other) {
            return new Loaders(
                    className,
                    count + other.count,
                    classes + other.classes,
                    hiddenClasses + other.hiddenClasses,
                    chunkBytes + other.chunkBytes,
                    blockBytes + other.blockBytes);
        }
    }

    /**
     * Reads the text, with or without the lines that a client puts before it.
     *
     * @throws MalformedOutputException when it is no such table, or its rows do not add up to its totals
     */
    public static ClassLoaderStatistics parse(byte[] text) throws MalformedOutputException {
        Lines line = new Lines("class loader table", text, MAX_BYTES);
        boolean begun = false;
        while (!begun && line.next()) {
            begun = line.startsWith(HEADER);
        }
        if (!begun) {
            throw line.noSuchThing();
        }
        Map<String, Loaders> byClass = new HashMap<>();
        Loaders sum = new Loaders("", 0, 0, 0, 0, 0);
        String before = "";
        while (line.next()) {
            if (line.skip("Total = ")) {
                return total(line, sum, byClass);
            }
            Loaders row = row(line, before);
            before = row.className;
            String key =
                    byClass.size() < MAX_LOADER_CLASSES || byClass.containsKey(row.className) ? row.className : OTHERS;
            byClass.merge(
                    key,
                    new Loaders(key, row.count, row.classes, row.hiddenClasses, row.chunkBytes, row.blockBytes),
                    Loaders::plus);
            sum = sum.plus(row);
            if (!plausible(sum)) {
                throw line.malformed("has numbers beyond reason");
            }
        }
        throw line.refused("is cut: it has no total");
    }

    /** A loader, or a second row of the loader before with its hidden classes. */
    private static Loaders row(Lines line, String before) throws MalformedOutputException {
        boolean hidden = !line.comesNext("0x");
        if (!hidden) {
            for (int address = 0; address < 3; address++) {
                if (!line.comesNext("0x")) {
                    throw line.malformed("has no address where one must be");
                }
                line.address();
                line.skipSpaces();
            }
        }
        long classes = line.column();
        long chunks = line.column();
        long blocks = line.column();
        line.skipSpaces();
        if (hidden) {
            if (!line.skip("+ ") || before.isEmpty()) {
                throw line.malformed("has a row that belongs to no loader");
            }
            return new Loaders(before, 0, 0, classes, chunks, blocks);
        }
        String className = line.rest();
        if (className.isEmpty()) {
            throw line.malformed("has a loader without a class");
        }
        return new Loaders(className, 1, classes, 0, chunks, blocks);
    }

    private static boolean plausible(Loaders sum) {
        return sum.classes + sum.hiddenClasses < 1L << 40 && sum.chunkBytes < 1L << 60 && sum.blockBytes < 1L << 60;
    }

    private static ClassLoaderStatistics total(Lines line, Loaders sum, Map<String, Loaders> byClass)
            throws MalformedOutputException {
        long count = line.column();
        long classes = line.column();
        long chunks = line.column();
        long blocks = line.column();
        if (count != sum.count
                || classes != sum.classes + sum.hiddenClasses
                || chunks != sum.chunkBytes
                || blocks != sum.blockBytes) {
            throw line.malformed("has rows that do not add up to its total");
        }
        List<Loaders> loaders = byClass.values().stream()
                .sorted(Comparator.comparingLong(Loaders::chunkBytes).reversed().thenComparing(Loaders::className))
                .toList();
        return new ClassLoaderStatistics(loaders, count, classes, chunks, blocks);
    }
}
