package io.heapwarden.growth;

import io.heapwarden.jvm.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container that does not leak fits into its limits: what looks like trouble and is helped by another number or another program, but not by a
 * restart.
 *
 * @param verdict Undersized, Churn or PageCache
 * @param reasons why, and what to change to what
 */
record Fit(Verdict verdict, List<String> reasons) {

    /** A container presses on its limit from this share of it on. */
    static final double PRESSING = 0.80;

    /** … and its anonymous memory is no danger up to this share. */
    static final double ROOMY = 0.60;

    /** A heap is too small for what lives in it when its floor is above this share and collections take … */
    static final double FULL_HEAP = 0.80;

    /** … at least this share of time. */
    static final double BUSY_COLLECTOR = 0.05;

    /** Share of time in collections from which a steady heap is churned. */
    static final double CHURNING = 0.10;

    /** … or from this share when they follow each other faster than … */
    static final double BUSY_WITH_MANY = 0.02;

    /** … so many a second. */
    static final double MANY_COLLECTIONS = 2;

    /** Room that a proposed limit leaves above what is needed. */
    static final double PROPOSED_ROOM = 1.10;

    /** A heap should be at least this many times what lives in it. */
    static final double HEAP_PER_LIVE = 1.5;

    private static final long MIB = 1024 * 1024;
    private static final long STEP = 16 * MIB;

    /** Page cache worth a word where no limit is known. */
    private static final long MUCH_PAGE_CACHE = 64 * MIB;

    /**
     * What is known of memory now; sizes in bytes, null when unknown.
     *
     * @param anon anonymous memory of the container, or else resident memory of the process
     * @param charged working set of the container, or else resident memory of the process
     * @param committed heap committed
     * @param nonHeap metaspace
     * @param gcShare share of time in collections
     * @param collections collections a second
     */
    record Memory(
            @Nullable Long anon,
            @Nullable Long charged,
            @Nullable Long committed,
            @Nullable Long nonHeap,
            double gcShare,
            double collections) {}

    /** Null when it fits. To be asked only while nothing is told and nothing is suspected. */
    static @Nullable Fit of(Life life, Memory memory, Map<Watched, Growth> growths) {
        Fit undersized = undersized(life, memory);
        if (undersized != null) {
            return undersized;
        }
        Growth heap = LeakRules.heap(growths);
        if (heap != null && memory.gcShare() >= BUSY_COLLECTOR && heap.filled() >= FULL_HEAP) {
            return smallHeap(heap, memory.gcShare());
        }
        if (memory.gcShare() >= CHURNING
                || memory.gcShare() >= BUSY_WITH_MANY && memory.collections() >= MANY_COLLECTIONS) {
            return churn(memory.gcShare());
        }
        // ZGC keeps its heap in shared memory, which counts as file pages, several times over.
        return life.collector() == Collector.ZGC ? null : pageCache(life, memory);
    }

    private static @Nullable Fit undersized(Life life, Memory memory) {
        Long limit = life.containerLimit();
        Long maxHeap = life.maxHeap();
        Long anon = memory.anon();
        Long committed = memory.committed();
        if (limit == null || maxHeap == null || anon == null || committed == null) {
            return null;
        }
        long nonHeap = Math.max(anon - committed, memory.nonHeap() == null ? 0 : memory.nonHeap());
        long needed = maxHeap + nonHeap;
        if (needed <= limit || Math.max(anon, committed + nonHeap) < PRESSING * limit) {
            return null;
        }
        List<String> reasons = new ArrayList<>();
        reasons.add("The largest heap of " + Figures.bytes((double) maxHeap) + " and " + Figures.bytes((double) nonHeap)
                + " outside of it do not fit the container's limit of " + Figures.bytes((double) limit) + ".");
        reasons.add("Nothing grows that does not come back, and " + Figures.bytes((double) anon)
                + " are in use already: the kernel will kill it when the heap fills.");
        String larger = Figures.bytes((double) roundUp(PROPOSED_ROOM * needed));
        double smaller = limit / PROPOSED_ROOM - nonHeap;
        reasons.add("Set the memory limit to " + larger
                + (smaller > STEP ? ", or the largest heap (-Xmx) to " + Figures.bytes(roundDown(smaller)) : "")
                + ". A restart does not help.");
        return new Fit(Verdict.Undersized, reasons);
    }

    private static Fit smallHeap(Growth heap, double gcShare) {
        return new Fit(
                Verdict.Undersized,
                List.of(
                        "After collections " + Figures.percent(heap.filled())
                                + " of the heap is still in use, and collections take " + Figures.percent(gcShare)
                                + " of the time, though nothing grows.",
                        "Set the largest heap (-Xmx) to "
                                + Figures.bytes((double) roundUp(HEAP_PER_LIVE * heap.current()))
                                + " and the memory limit accordingly. A restart does not help."));
    }

    private static Fit churn(double gcShare) {
        return new Fit(
                Verdict.Churn,
                List.of(
                        "Collections take " + Figures.percent(gcShare)
                                + " of the time, but what is left after them does not grow: objects are made and dropped faster than the heap is meant"
                                + " for.",
                        "Give the heap more room, or find what allocates (Java Flight Recorder, jdk.ObjectAllocationSample). A restart does"
                                + " not help."));
    }

    private static @Nullable Fit pageCache(Life life, Memory memory) {
        Long anon = memory.anon();
        Long charged = memory.charged();
        if (anon == null || charged == null) {
            return null;
        }
        Long limit = life.containerLimit();
        long files = charged - anon;
        boolean much = limit == null
                ? files >= Math.max(anon, MUCH_PAGE_CACHE)
                : charged >= PRESSING * limit && anon <= ROOMY * limit;
        if (!much) {
            return null;
        }
        return new Fit(
                Verdict.PageCache,
                List.of(
                        Figures.bytes((double) charged) + " count as in use, but only " + Figures.bytes((double) anon)
                                + " of it is the program's own memory; the rest is file pages, which the kernel takes back when it needs them.",
                        "Alert on anonymous memory instead of the working set. A restart does not help."));
    }

    private static long roundUp(double bytes) {
        return (long) Math.ceil(bytes / STEP) * STEP;
    }

    private static long roundDown(double bytes) {
        return (long) Math.floor(bytes / STEP) * STEP;
    }
}
