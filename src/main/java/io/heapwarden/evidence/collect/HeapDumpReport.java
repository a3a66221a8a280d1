package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.heapdump.HeapDumpPrediction;
import io.heapwarden.evidence.heapdump.HeapDumpTransfer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump that was taken, for the manifest of a bundle.
 *
 * @param takenAt when the JVM had written it
 * @param live whether only reachable objects are in it
 * @param predicted what it was predicted to take
 * @param answeredIn from asking the JVM to its answer, which is longer than the pause
 * @param size bytes of the file that the JVM wrote
 * @param transfer what became of it on its way to the sink
 * @param leftBehind why the file could not be removed from the container, which the next dump of it tries again; null when it was
 */
public record HeapDumpReport(
        Instant takenAt,
        boolean live,
        HeapDumpPrediction predicted,
        Duration answeredIn,
        long size,
        HeapDumpTransfer transfer,
        @Nullable String leftBehind) {}
