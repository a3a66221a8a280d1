package io.heapwarden.growth;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One container from start to end, and the limits it lives under. A restart starts a new life. Sizes are in bytes.
 *
 * @param startedAt when the JVM started
 * @param interval time between two samples
 * @param maxHeap the most the heap can grow to
 * @param containerLimit the container's memory limit
 * @param maxMetaspace MaxMetaspaceSize, when set
 * @param maxDirect MaxDirectMemorySize, when known
 * @param maxThreads pids limit, when known
 * @param collector the garbage collector, when known
 */
public record Life(
        Instant startedAt,
        Duration interval,
        @Nullable Long maxHeap,
        @Nullable Long containerLimit,
        @Nullable Long maxMetaspace,
        @Nullable Long maxDirect,
        @Nullable Long maxThreads,
        @Nullable Collector collector) {}
