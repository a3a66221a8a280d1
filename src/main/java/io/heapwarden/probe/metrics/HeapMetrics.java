package io.heapwarden.probe.metrics;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.MalformedOutputException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The heap as a metrics page tells it, in bytes.
 *
 * <p>After a collection: the pools of G1, Serial, Parallel and CMS other than eden change only when there is one, so that what they hold
 * <em>now</em> is what the last collection of any kind left, which is also what hsperfdata says. What the libraries offer as "after GC" is older:
 * {@code MemoryPoolMXBean.getCollectionUsage} of an old generation stays as the last collection of <em>that</em> generation left it. For ZGC and
 * Shenandoah, whose pools fill all the time, it is the use at the end of the last cycle.
 *
 * @param used in use now
 * @param afterGc in use after the last collection; null before the first, and where the page does not tell
 * @param committed backed by memory
 * @param max the most it can grow to
 */
record HeapMetrics(@Nullable Long used, @Nullable Long afterGc, @Nullable Long committed, @Nullable Long max) {

    private static final Set<String> OUTSIDE_HEAP =
            Set.of("Metaspace", "Compressed Class Space", "Code Cache", "CodeCache");

    static final String[] USED = {"jvm_memory_pool_used_bytes", "jvm_memory_pool_bytes_used", "jvm_memory_used_bytes"};
    static final String[] COMMITTED = {
        "jvm_memory_pool_committed_bytes", "jvm_memory_pool_bytes_committed", "jvm_memory_committed_bytes"
    };
    static final String[] MAX = {
        "jvm_memory_pool_max_bytes", "jvm_memory_pool_bytes_max", "jvm_memory_max_bytes", "jvm_memory_limit_bytes"
    };
    static final String[] AFTER_GC = {"jvm_memory_pool_collection_used_bytes", "jvm_memory_used_after_last_gc_bytes"};
    static final String[] WHOLE_USED = {"jvm_memory_used_bytes", "jvm_memory_bytes_used"};
    static final String[] WHOLE_COMMITTED = {"jvm_memory_committed_bytes", "jvm_memory_bytes_committed"};
    static final String[] WHOLE_MAX = {"jvm_memory_max_bytes", "jvm_memory_bytes_max"};

    /** Micrometer's: what the pools for long-lived objects held after the last collection that made them smaller. */
    static final String LIVE_DATA = "jvm_gc_live_data_size_bytes";

    static HeapMetrics of(MetricsPage page, Collector collector, boolean collected) throws MalformedOutputException {
        Map<String, Long> used = page.byPool(USED);
        Long whole = page.ofHeap(WHOLE_USED);
        Long committed = page.ofHeap(WHOLE_COMMITTED);
        return new HeapMetrics(
                whole == null ? sum(used, HeapMetrics::inHeap) : whole,
                positive(afterGc(page, collector, collected, used)),
                committed == null ? sum(page.byPool(COMMITTED), HeapMetrics::inHeap) : committed,
                positive(max(page, collector)));
    }

    private static @Nullable Long afterGc(
            MetricsPage page, Collector collector, boolean collected, Map<String, Long> used)
            throws MalformedOutputException {
        return switch (collector) {
            case G1, Serial, Parallel, CMS ->
                collected ? sum(used, pool -> inHeap(pool) && !pool.contains("Eden")) : null;
            case ZGC, Shenandoah, Unknown -> {
                Long cycle = sum(page.byPool(AFTER_GC), HeapMetrics::inHeap);
                yield cycle == null || cycle == 0 ? page.size(LIVE_DATA) : cycle;
            }
            case Epsilon -> null;
        };
    }

    /** Each pool of a heap of regions can grow to the whole heap; elsewhere the pools share it. */
    private static @Nullable Long max(MetricsPage page, Collector collector) throws MalformedOutputException {
        Long whole = page.ofHeap(WHOLE_MAX);
        if (whole != null) {
            return whole;
        }
        Map<String, Long> pools = page.byPool(MAX);
        return switch (collector) {
            case Serial, Parallel, CMS -> sum(pools, HeapMetrics::inHeap);
            case G1, ZGC, Shenandoah, Epsilon, Unknown ->
                pools.entrySet().stream()
                        .filter(pool -> inHeap(pool.getKey()))
                        .map(Map.Entry::getValue)
                        .max(Long::compare)
                        .orElse(null);
        };
    }

    static boolean inHeap(String pool) {
        return !OUTSIDE_HEAP.contains(pool) && !pool.startsWith("CodeHeap");
    }

    private static @Nullable Long sum(Map<String, Long> pools, Predicate<String> counts) {
        Long sum = null;
        for (Map.Entry<String, Long> pool : pools.entrySet()) {
            if (counts.test(pool.getKey())) {
                sum = sum == null ? pool.getValue() : Long.valueOf(sum + pool.getValue());
            }
        }
        return sum;
    }

    private static @Nullable Long positive(@Nullable Long size) {
        return size == null || size <= 0 ? null : size;
    }
}
