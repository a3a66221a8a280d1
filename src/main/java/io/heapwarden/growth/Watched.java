package io.heapwarden.growth;

import org.jspecify.annotations.Nullable;

/** The series whose floors are watched, and what is needed to read each of them. */
enum Watched {
    /** Freed lazily: see {@link Evidence}. */
    Heap(Signal.HeapAfterGC, true, 64 * 1024, 1024 * 1024, 0.95),
    /** Live objects counted in histograms; exact, but seldom. */
    Live(Signal.HeapAfterGC, true, 64 * 1024, 1024 * 1024, 0.95),
    /** Classes are unloaded by old collections only. The limit is on what is committed in chunks for each loader, a quarter more than is in use. */
    Metaspace(Signal.Metaspace, true, 64 * 1024, 8 * 1024 * 1024, 0.75),
    Classes(Signal.Classes, true, 1, 100, 0.95),
    Threads(Signal.Threads, false, 1, 16, 0.95),
    /** Direct buffers are freed when a collection finds their owner dead. */
    Direct(Signal.DirectBuffers, true, 64 * 1024, 8 * 1024 * 1024, 0.95),
    Anon(Signal.ContainerAnon, false, 256 * 1024, 32 * 1024 * 1024, 0.95);

    /** Growth without a known limit is judged as if the limit were this many times the base. */
    static final int ASSUMED_LIMIT_PER_BASE = 4;

    /** … but not fewer than this many threads more: pools of web servers and drivers grow to 200 and 250. */
    static final int ASSUMED_THREADS_MORE = 256;

    /** A least growth is never more than this share of a known limit. */
    private static final double LEAST_GROWTH_OF_LIMIT = 0.15;

    private final Signal signal;
    private final boolean freedLazily;
    private final long resolution;
    private final long leastGrowth;
    private final double usable;

    Watched(Signal signal, boolean freedLazily, long resolution, long leastGrowth, double usable) {
        this.signal = signal;
        this.freedLazily = freedLazily;
        this.resolution = resolution;
        this.leastGrowth = leastGrowth;
        this.usable = usable;
    }

    Signal signal() {
        return signal;
    }

    /** Whether only an old collection gives back what is no longer used. */
    boolean freedLazily() {
        return freedLazily;
    }

    /** Smallest step that is a rise, in the signal's unit: one region's rounding for bytes, one for counts. */
    long resolution() {
        return resolution;
    }

    /** Growth below this is never told, whatever its share: ordinary JVMs grow as much by themselves. */
    long leastGrowth(@Nullable Long limit) {
        return limit == null ? leastGrowth : (long) Math.min(leastGrowth, LEAST_GROWTH_OF_LIMIT * limit);
    }

    /** A floor at this share of the limit counts as the limit: no JVM works on to the last byte. */
    double usableShareOfLimit() {
        return usable;
    }

    /** The value in a sample, or {@link BucketFloors#MISSING}. Heap has two sources and is read by the detector. */
    long read(Sample sample) {
        return switch (this) {
            case Heap, Live -> BucketFloors.MISSING;
            case Metaspace -> present(sample.metaspace());
            case Classes -> difference(sample.classesLoaded(), sample.classesUnloaded());
            case Threads -> present(sample.threads());
            case Direct -> present(sample.direct());
            case Anon -> present(sample.anon() != null ? sample.anon() : sample.rss());
        };
    }

    /** The limit of this series, or null when nothing is known to limit it. */
    @Nullable
    Long limit(Life life) {
        return switch (this) {
            case Heap, Live -> life.maxHeap();
            case Metaspace -> life.maxMetaspace();
            case Classes -> null;
            case Threads -> life.maxThreads();
            // Without MaxDirectMemorySize the JDK allows as much as the heap may have.
            case Direct -> life.maxDirect() != null ? life.maxDirect() : life.maxHeap();
            case Anon -> life.containerLimit();
        };
    }

    /** The limit that growth is judged by where none is known. */
    double assumedLimit(long base) {
        double assumed = (double) ASSUMED_LIMIT_PER_BASE * base;
        return this == Threads ? Math.max(assumed, base + ASSUMED_THREADS_MORE) : assumed;
    }

    private static long present(@Nullable Long value) {
        return value == null || value < 0 ? BucketFloors.MISSING : value;
    }

    private static long difference(@Nullable Long loaded, @Nullable Long unloaded) {
        if (loaded == null) {
            return BucketFloors.MISSING;
        }
        return present(loaded - (unloaded == null ? 0 : unloaded));
    }
}
