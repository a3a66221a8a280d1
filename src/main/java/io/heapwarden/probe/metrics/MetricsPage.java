package io.heapwarden.probe.metrics;

import io.heapwarden.jvm.MalformedOutputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is wanted of a metrics page, by metric. */
final class MetricsPage {

    /** What the libraries call a memory pool: Micrometer, Prometheus' client, OpenTelemetry. */
    private static final String[] POOL = {"id", "pool", "jvm_memory_pool_name"};

    private final Map<String, List<MetricSample>> metrics = new LinkedHashMap<>();

    void add(MetricSample sample) {
        metrics.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
    }

    boolean isEmpty() {
        return metrics.isEmpty();
    }

    /** Every line of a metric. */
    List<MetricSample> all(String name) {
        return metrics.getOrDefault(name, Collections.emptyList());
    }

    /**
     * The value of the first of these metrics that is there; null when none is.
     *
     * @throws MalformedOutputException when it has several values, as on a page that speaks of several JVMs
     */
    @Nullable
    Double number(String... names) throws MalformedOutputException {
        for (String name : names) {
            List<MetricSample> found = all(name);
            if (found.size() > 1) {
                throw severalJvms(name);
            }
            if (found.size() == 1
                    && Double.isFinite(found.get(0).value())
                    && found.get(0).value() >= 0) {
                return found.get(0).value();
            }
        }
        return null;
    }

    /** As {@link #number}, for counts and sizes. */
    @Nullable
    Long size(String... names) throws MalformedOutputException {
        Double found = number(names);
        return found == null || found >= Long.MAX_VALUE ? null : Long.valueOf(found.longValue());
    }

    /**
     * The values of the first of these metrics that is there, by memory pool; what has no pool in its labels is left out, and so are pools that
     * have no such size.
     *
     * @throws MalformedOutputException when a pool has several values, as on a page that speaks of several JVMs
     */
    Map<String, Long> byPool(String... names) throws MalformedOutputException {
        for (String name : names) {
            Map<String, Long> pools = new TreeMap<>();
            for (MetricSample sample : all(name)) {
                String pool = sample.label(POOL);
                Long size = sample.size();
                if (pool != null && size != null && pools.put(pool, size) != null) {
                    throw severalJvms(name);
                }
            }
            if (!pools.isEmpty()) {
                return pools;
            }
        }
        return Map.of();
    }

    /** The size of the heap as a whole, where a metric gives it beside or instead of its pools; null otherwise. */
    @Nullable
    Long ofHeap(String... names) throws MalformedOutputException {
        for (String name : names) {
            Long heap = null;
            for (MetricSample sample : all(name)) {
                if (sample.label(POOL) == null && "heap".equals(sample.label("area", "jvm_memory_type"))) {
                    if (heap != null) {
                        throw severalJvms(name);
                    }
                    heap = sample.size();
                }
            }
            if (heap != null) {
                return heap;
            }
        }
        return null;
    }

    /** Names of what a metric is about: pools, collectors. */
    List<String> labels(String name, String... labels) {
        return all(name).stream()
                .flatMap(sample -> java.util.stream.Stream.ofNullable(sample.label(labels)))
                .distinct()
                .toList();
    }

    private static MalformedOutputException severalJvms(String name) {
        return new MalformedOutputException(
                "the page gives " + name + " several times over, as if it spoke of several JVMs");
    }
}
