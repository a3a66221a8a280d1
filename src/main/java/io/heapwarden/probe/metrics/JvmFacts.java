package io.heapwarden.probe.metrics;

import io.heapwarden.jvm.Collector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a metrics page says of a JVM that does not change while it lives. Sizes are in bytes.
 *
 * @param collector its garbage collector
 * @param version Java version, such as 17.0.15; null when the page does not say
 * @param startedAt when it started, to the millisecond; null when the page does not say. A change means a new life
 * @param maxHeap the most the heap can grow to. For Serial and Parallel what the JVM counts itself, which leaves out one survivor space
 * @param maxMetaspace MaxMetaspaceSize; null when it is not limited, or the page does not say
 */
public record JvmFacts(
        Collector collector,
        @Nullable String version,
        @Nullable Instant startedAt,
        @Nullable Long maxHeap,
        @Nullable Long maxMetaspace) {}
