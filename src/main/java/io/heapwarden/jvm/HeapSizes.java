package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/**
 * Sizes of a heap in bytes. Which counters mean what differs by collector and JDK version; docs/jvm-counters.md has the table and how it was
 * checked.
 *
 * @param used in use now, garbage included; null where the counters are not kept up between collections: ZGC, and Serial and Parallel from
 *     JDK 25 on
 * @param afterGc in use after the last collection, less what G1's remark and cleanup and CMS's sweep have given back since. Exact for G1, Serial,
 *     Parallel and CMS; for generational ZGC the use at its last pause, an
 *     upper bound; null for the others and before the first collection
 * @param committed backed by memory
 * @param max the most it can grow to
 */
public record HeapSizes(@Nullable Long used, @Nullable Long afterGc, @Nullable Long committed, @Nullable Long max) {

    private static final String YOUNG = "sun.gc.generation.0.";
    private static final String OLD = "sun.gc.generation.1.";
    private static final String OLD_USED = OLD + "space.0.used";
    private static final String EDEN_USED = YOUNG + "space.0.used";
    private static final String SURVIVOR_0_USED = YOUNG + "space.1.used";
    private static final String SURVIVOR_1_USED = YOUNG + "space.2.used";

    /** Removed from HotSpot together with the task that refreshed eden's use every 50 ms. */
    private static final String SAMPLER_TICKS = "sun.os.hrt.ticks";

    /** Heaps are sized in pages. Until some version after 17, G1 adds 8 bytes to each size so that none is zero. */
    private static final long PADDING_MASK = 1023;

    static HeapSizes from(Counters counters, Collector collector, long collections) throws MalformedOutputException {
        HeapSizes sizes =
                switch (collector) {
                    case G1 ->
                        new HeapSizes(
                                counters.sum(EDEN_USED, SURVIVOR_1_USED, OLD_USED),
                                counters.sum(SURVIVOR_1_USED, OLD_USED),
                                bothGenerations(counters, "capacity"),
                                largerGeneration(counters));
                    case Serial, Parallel, CMS -> copying(counters);
                    case ZGC ->
                        new HeapSizes(
                                null,
                                counters.has(EDEN_USED) ? counters.sum(EDEN_USED, OLD_USED) : null,
                                counters.has(EDEN_USED)
                                        ? bothGenerations(counters, "capacity")
                                        : unpadded(counters.number(OLD + "capacity")),
                                largerGeneration(counters));
                    case Shenandoah, Epsilon ->
                        new HeapSizes(
                                counters.number(OLD_USED),
                                null,
                                unpadded(counters.number(OLD + "space.0.capacity")),
                                largerGeneration(counters));
                    case Unknown -> new HeapSizes(null, null, null, null);
                };
        return sizes.withoutZeros(collections > 0).checked();
    }

    private static HeapSizes copying(Counters counters) throws MalformedOutputException {
        boolean edenIsSampled = counters.has(SAMPLER_TICKS);
        Long all = counters.sum(EDEN_USED, SURVIVOR_0_USED, SURVIVOR_1_USED, OLD_USED);
        return new HeapSizes(
                edenIsSampled ? all : null,
                edenIsSampled ? counters.sum(SURVIVOR_0_USED, SURVIVOR_1_USED, OLD_USED) : all,
                bothGenerations(counters, "capacity"),
                bothGenerations(counters, "maxCapacity"));
    }

    private static @Nullable Long bothGenerations(Counters counters, String what) throws MalformedOutputException {
        Long young = unpadded(counters.number(YOUNG + what));
        Long old = unpadded(counters.number(OLD + what));
        return young == null || old == null ? null : Long.valueOf(young + old);
    }

    /** For heaps of regions: the maximum of every generation is the whole heap. */
    private static @Nullable Long largerGeneration(Counters counters) throws MalformedOutputException {
        Long young = unpadded(counters.number(YOUNG + "maxCapacity"));
        Long old = unpadded(counters.number(OLD + "maxCapacity"));
        return young == null || old == null ? old : Long.valueOf(Math.max(young, old));
    }

    private static @Nullable Long unpadded(@Nullable Long size) {
        return size == null ? null : Long.valueOf(size & ~PADDING_MASK);
    }

    /** A heap is never empty: zero is what a counter holds before its first update. */
    private HeapSizes withoutZeros(boolean collected) {
        return new HeapSizes(orNull(used), collected ? orNull(afterGc) : null, orNull(committed), orNull(max));
    }

    private static @Nullable Long orNull(@Nullable Long size) {
        return size == null || size == 0 ? null : size;
    }

    private HeapSizes checked() throws MalformedOutputException {
        refuseAbove(max, used, "used");
        refuseAbove(max, afterGc, "used after collection");
        refuseAbove(max, committed, "committed");
        return this;
    }

    private static void refuseAbove(@Nullable Long max, @Nullable Long size, String what)
            throws MalformedOutputException {
        if (max != null && size != null && size > max) {
            throw new MalformedOutputException(
                    "heap counters contradict each other: " + size + " bytes " + what + ", " + max + " at most");
        }
    }
}
