package io.heapwarden.evidence.chain;

import java.time.Duration;

/** How much a process grows by while it records and searches, beside its heap; bytes. */
final class ChainMemory {

    /** Buffers and classes of the recorder, which stay: 14 to 60 MB measured. */
    private static final long RECORDER = 60L << 20;

    private static final long LEAST_QUEUE = 32L << 20;
    private static final long QUEUE_SHARE = 20;
    private static final long EDGE = 16;

    /** More than any machine goes over in a millisecond: 2,000 to 5,000 measured. */
    private static final long EDGES_A_MILLISECOND = 20_000;

    /** The search looks at the clock once in so many edges. */
    private static final long EDGES_BETWEEN_LOOKS = 1_000_000;

    private static final long HEAP_FOR_A_BYTE_OF_MARKS = 64;

    private ChainMemory() {}

    static long predicted(ChainQuestion question, Duration cutoff) {
        long reserved = Math.max(LEAST_QUEUE, question.maxHeap() / QUEUE_SHARE);
        long reached = EDGE * (cutoff.toMillis() * EDGES_A_MILLISECOND + EDGES_BETWEEN_LOOKS);
        long marks = question.heapUsed() / HEAP_FOR_A_BYTE_OF_MARKS;
        return Math.max(ChainForecast.LEAST_HEADROOM, RECORDER + Math.min(reserved, reached) + marks);
    }
}
