package io.heapwarden.jvm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GC.heap_info} says, on JDK 8 to 25, for every collector. Sizes are in bytes, as exact as the JVM's text: whole kilobytes, whole
 * megabytes for ZGC. The formats are listed in docs/jvm-counters.md.
 *
 * @param collector the garbage collector
 * @param used heap in use now, garbage included
 * @param committed heap backed by memory; null when not said
 * @param max the most the heap can grow to; null when not said
 * @param metaspaceUsed metaspace in use; null when not said, as from JDK 25 on
 * @param metaspaceCommitted metaspace backed by memory; null when not said
 */
public record HeapInfo(
        Collector collector,
        long used,
        @Nullable Long committed,
        @Nullable Long max,
        @Nullable Long metaspaceUsed,
        @Nullable Long metaspaceCommitted) {

    /** Longest text read; real ones have at most 1 KB. */
    public static final int MAX_CHARACTERS = 16 * 1024;

    private static final String ADDRESSES =
            " *\\[(0x\\p{XDigit}{1,16}), ?(0x\\p{XDigit}{1,16})(?:, ?(0x\\p{XDigit}{1,16}))?\\)";

    private static final Pattern G1 =
            line("garbage-first heap +total (\\d{1,15}[BKMGT]), used (\\d{1,15}[BKMGT])" + ADDRESSES);
    private static final Pattern G1_SINCE_25 = line(
            "garbage-first heap +total reserved (\\d{1,15}[BKMGT]), committed (\\d{1,15}[BKMGT]), used (\\d{1,15}[BKMGT]).*");
    private static final Pattern GENERATION = line(
            "(def new generation|DefNew|PSYoungGen|par new generation|tenured generation|Tenured|ParOldGen|PSOldGen|concurrent mark-sweep generation)"
                    + " +total \\d{1,15}K, used (\\d{1,15}[BKMGT])" + ADDRESSES);
    private static final Pattern Z =
            line("ZHeap +used (\\d{1,15}[BKMGT]), capacity (\\d{1,15}[BKMGT]), max capacity (\\d{1,15}[BKMGT])");
    private static final Pattern SHENANDOAH = line(
            "(\\d{1,15}[BKMGT]) (?:max|total)(?:, \\d{1,15}[BKMGT] soft max)?, (\\d{1,15}[BKMGT]) committed, (\\d{1,15}[BKMGT]) used");
    private static final Pattern EPSILON = line("space \\d{1,15}K, +\\d{1,3}% used" + ADDRESSES);
    private static final Pattern METASPACE = line(
            "Metaspace +used (\\d{1,15}[BKMGT])(?:, capacity \\d{1,15}[BKMGT])?, committed (\\d{1,15}[BKMGT]), reserved \\d{1,15}[BKMGT]");

    private static final int GENERATIONS = 2;

    private static Pattern line(String content) {
        return Pattern.compile("^ *" + content + "\\r?$", Pattern.MULTILINE);
    }

    /**
     * Reads the text, with or without the lines that a client puts before it.
     *
     * @throws MalformedOutputException when it is no heap summary, or contradicts itself
     */
    public static HeapInfo parse(String text) throws MalformedOutputException {
        if (text.length() > MAX_CHARACTERS) {
            throw new MalformedOutputException(
                    "heap summary has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read");
        }
        Matcher metaspace = METASPACE.matcher(text);
        boolean hasMetaspace = metaspace.find();
        HeapInfo heap = heap(text);
        HeapInfo whole = new HeapInfo(
                heap.collector,
                heap.used,
                heap.committed,
                heap.max,
                hasMetaspace ? HeapText.size(metaspace.group(1)) : null,
                hasMetaspace ? HeapText.size(metaspace.group(2)) : null);
        whole.check();
        return whole;
    }

    private static HeapInfo heap(String text) throws MalformedOutputException {
        Matcher g1 = G1.matcher(text);
        if (g1.find()) {
            return of(Collector.G1, g1.group(2), g1.group(1), HeapText.span(g1, 3, g1.group(5) == null ? 4 : 5));
        }
        Matcher newG1 = G1_SINCE_25.matcher(text);
        if (newG1.find()) {
            return of(Collector.G1, newG1.group(3), newG1.group(2), HeapText.size(newG1.group(1)));
        }
        Matcher z = Z.matcher(text);
        if (z.find()) {
            return of(Collector.ZGC, z.group(1), z.group(2), HeapText.size(z.group(3)));
        }
        Matcher shenandoah = SHENANDOAH.matcher(text);
        if (text.contains("Shenandoah Heap") && shenandoah.find()) {
            return of(
                    Collector.Shenandoah, shenandoah.group(3), shenandoah.group(2), HeapText.size(shenandoah.group(1)));
        }
        Matcher epsilon = EPSILON.matcher(text);
        if (text.contains("Epsilon Heap") && epsilon.find() && epsilon.group(3) != null) {
            return new HeapInfo(
                    Collector.Epsilon, HeapText.span(epsilon, 1, 2), null, HeapText.span(epsilon, 1, 3), null, null);
        }
        return generations(text);
    }

    private static HeapInfo of(Collector collector, String used, String committed, long max)
            throws MalformedOutputException {
        return new HeapInfo(collector, HeapText.size(used), HeapText.size(committed), max, null, null);
    }

    /** Young and old generation, each with the addresses of its start, the end of what is committed, and the end of what is reserved. */
    private static HeapInfo generations(String text) throws MalformedOutputException {
        Matcher generation = GENERATION.matcher(text);
        Collector collector = Collector.Unknown;
        int found = 0;
        long used = 0;
        long committed = 0;
        long max = 0;
        while (generation.find()) {
            if (generation.group(5) == null) {
                throw new MalformedOutputException("heap summary has a generation without its reserved end");
            }
            found++;
            used += HeapText.size(generation.group(2));
            // The printed total leaves one survivor space out; the addresses do not, as hsperfdata does not.
            committed += HeapText.span(generation, 3, 4);
            max += HeapText.span(generation, 3, 5);
            collector = HeapText.collectorOf(generation.group(1));
        }
        if (found != GENERATIONS) {
            throw new MalformedOutputException(
                    found == 0
                            ? "output is not a heap summary; it begins with "
                                    + MalformedOutputException.quote(text.strip())
                            : "heap summary has " + found + " generations where there are " + GENERATIONS);
        }
        return new HeapInfo(collector, used, committed, max, null, null);
    }

    private void check() throws MalformedOutputException {
        boolean heapHolds = (committed == null || used <= committed && (max == null || committed <= max))
                && (max == null || used <= max);
        boolean metaspaceHolds =
                metaspaceUsed == null || metaspaceCommitted == null || metaspaceUsed <= metaspaceCommitted;
        if (!heapHolds || !metaspaceHolds) {
            throw new MalformedOutputException("heap summary contradicts itself: " + this);
        }
    }
}
