package io.heapwarden.growth;

import org.jspecify.annotations.Nullable;

/** The newest sizes that are needed now and have no floors of their own. Missing ones stay as they were. */
final class NewestSizes {

    private static final long NONE = -1;

    private long committed = NONE;
    private long metaspace = NONE;
    private long anon = NONE;
    private long charged = NONE;

    NewestSizes() {}

    NewestSizes(DetectorCheckpoint.MemoryState state) {
        committed = state.committed();
        metaspace = state.metaspace();
        anon = state.anon();
        charged = state.charged();
    }

    void observe(Sample sample) {
        committed = newer(sample.heapCommitted(), committed);
        metaspace = newer(sample.metaspace(), metaspace);
        anon = newer(sample.anon() != null ? sample.anon() : sample.rss(), anon);
        charged = newer(sample.workingSet() != null ? sample.workingSet() : sample.rss(), charged);
    }

    private static long newer(@Nullable Long value, long before) {
        return value == null || value < 0 ? before : value;
    }

    /**
     * Anonymous memory that is no growth: the heap the JVM has committed, touched or not, and metaspace. Where it does not say what is committed,
     * it may be all that the heap can grow to.
     */
    long explained(Life life) {
        Long maxHeap = life.maxHeap();
        long heap = committed != NONE ? committed : maxHeap == null ? 0 : maxHeap;
        return heap + Math.max(0, metaspace);
    }

    Fit.Memory memory(GcLoad gcLoad) {
        return new Fit.Memory(
                known(anon),
                known(charged),
                known(committed),
                known(metaspace),
                gcLoad.share(),
                gcLoad.collectionsPerSecond());
    }

    private static @Nullable Long known(long value) {
        return value == NONE ? null : Long.valueOf(value);
    }

    DetectorCheckpoint.MemoryState checkpoint() {
        return new DetectorCheckpoint.MemoryState(committed, metaspace, anon, charged);
    }
}
