package io.heapwarden.probe.metrics;

/** What a metrics page may leave out, and what cannot be told without it. */
public enum Missing {
    HeapAfterGc("no heap after a collection, without which a leak cannot be told from garbage"),
    StartTime("no start of the JVM: a restart is told by the container's only"),
    MaxHeap("no limit of the heap: the time until it is full is not known"),
    Metaspace("no metaspace: class-loader leaks are not seen"),
    Classes("no count of classes: class-loader leaks are not seen"),
    Threads("no count of threads: thread leaks are not seen"),
    DirectBuffers("no direct buffers: their leaks are seen only as memory outside of the heap"),
    Collections("no collections: churn is not seen"),
    ResidentMemory("no resident memory: memory outside of the heap is known from elsewhere or not at all"),
    DirectLimit("no limit of direct buffers, which no library publishes");

    private final String words;

    Missing(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }
}
