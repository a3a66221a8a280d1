package io.heapwarden.probe.metrics;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.MalformedOutputException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of a metrics page, whichever library wrote it: Micrometer, Prometheus' client for Java and the JMX exporter built on it, in its old
 * form and its new one, or OpenTelemetry. docs/channels.md has the table of names and how they were checked.
 */
final class JvmMetrics {

    private static final String[] CLASSES_NOW = {
        "jvm_classes_currently_loaded", "jvm_classes_loaded_classes", "jvm_classes_loaded", "jvm_class_count"
    };
    private static final String[] CLASSES_LOADED = {
        "jvm_classes_loaded_total", "jvm_classes_loaded_count_classes_total", "jvm_class_loaded_total"
    };
    private static final String[] CLASSES_UNLOADED = {
        "jvm_classes_unloaded_total", "jvm_classes_unloaded_classes_total", "jvm_class_unloaded_total"
    };
    private static final String[] THREADS = {"jvm_threads_current", "jvm_threads_live_threads"};
    private static final String THREADS_BY_STATE = "jvm_thread_count";
    private static final String[] BUFFERS = {"jvm_buffer_pool_used_bytes", "jvm_buffer_memory_used_bytes"};
    private static final String[] BUFFER_POOL = {"pool", "id", "jvm_buffer_pool_name"};
    private static final String[] CPU_SECONDS = {"process_cpu_seconds_total", "jvm_cpu_time_seconds_total"};
    private static final String CPU_NANOS = "process_cpu_time_ns_total";
    private static final String RESIDENT = "process_resident_memory_bytes";
    private static final String START = "process_start_time_seconds";
    private static final String[] INFO = {"jvm_info", "jvm_runtime_info", "target_info"};
    private static final String[] VERSION = {"version", "process_runtime_version"};

    private static final Pattern VERSION_NUMBER = Pattern.compile("[0-9]{1,4}(?:[._][0-9]{1,6}){0,5}");
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    /** Every metric that is read. */
    static final Set<String> NAMES = names();

    private JvmMetrics() {}

    /**
     * Reads a page.
     *
     * @param address where it was
     * @param at when it was read
     * @return null when the page says nothing of a heap
     * @throws MalformedOutputException when the page speaks of several JVMs
     */
    static @Nullable MetricsReading read(MetricsPage page, URI address, Instant at) throws MalformedOutputException {
        Collector collector = collector(page);
        GcMetrics collections = GcMetrics.of(page, collector);
        HeapMetrics heap = HeapMetrics.of(page, collector, collections.collected());
        if (heap.used() == null) {
            return null;
        }
        Long unloaded = page.size(CLASSES_UNLOADED);
        Sample sample = Sample.at(at)
                .heapUsed(heap.used())
                .heapAfterGc(heap.afterGc())
                .heapCommitted(heap.committed())
                .metaspace(page.byPool(HeapMetrics.USED).get("Metaspace"))
                .classesLoaded(loaded(page, unloaded))
                .classesUnloaded(unloaded)
                .threads(threads(page))
                .direct(direct(page))
                .rss(page.size(RESIDENT))
                .cpuSeconds(cpuSeconds(page))
                .gc(collections.count())
                .build();
        JvmFacts jvm = new JvmFacts(
                collector,
                version(page),
                startedAt(page),
                heap.max(),
                page.byPool(HeapMetrics.MAX).get("Metaspace"));
        return new MetricsReading(address, jvm, sample, missing(sample, jvm));
    }

    private static Set<Missing> missing(Sample sample, JvmFacts jvm) {
        EnumSet<Missing> missing = EnumSet.of(Missing.DirectLimit);
        note(missing, Missing.HeapAfterGc, sample.heapAfterGc());
        note(missing, Missing.StartTime, jvm.startedAt());
        note(missing, Missing.MaxHeap, jvm.maxHeap());
        note(missing, Missing.Metaspace, sample.metaspace());
        note(missing, Missing.Classes, sample.classesLoaded());
        note(missing, Missing.Threads, sample.threads());
        note(missing, Missing.DirectBuffers, sample.direct());
        note(missing, Missing.Collections, sample.gc());
        note(missing, Missing.ResidentMemory, sample.rss());
        return Collections.unmodifiableSet(missing);
    }

    private static void note(Set<Missing> missing, Missing what, @Nullable Object found) {
        if (found == null) {
            missing.add(what);
        }
    }

    /** By the names of its memory pools, which every library publishes as the JVM has them. */
    private static Collector collector(MetricsPage page) throws MalformedOutputException {
        for (String pool : page.byPool(HeapMetrics.USED).keySet()) {
            if (pool.startsWith("G1 ")) {
                return Collector.G1;
            }
            if (pool.startsWith("PS ")) {
                return Collector.Parallel;
            }
            if (pool.startsWith("CMS ") || pool.startsWith("Par ")) {
                return Collector.CMS;
            }
            if (pool.startsWith("Z")) {
                return Collector.ZGC;
            }
            if (pool.startsWith("Shenandoah")) {
                return Collector.Shenandoah;
            }
            if (pool.startsWith("Epsilon")) {
                return Collector.Epsilon;
            }
            if (pool.equals("Tenured Gen")) {
                return Collector.Serial;
            }
        }
        return Collector.Unknown;
    }

    private static @Nullable Long loaded(MetricsPage page, @Nullable Long unloaded) throws MalformedOutputException {
        Long total = page.size(CLASSES_LOADED);
        Long now = total == null ? page.size(CLASSES_NOW) : null;
        return now == null ? total : Long.valueOf(now + (unloaded == null ? 0 : unloaded));
    }

    private static @Nullable Long threads(MetricsPage page) throws MalformedOutputException {
        List<MetricSample> states = page.all(THREADS_BY_STATE);
        if (states.isEmpty()) {
            return page.size(THREADS);
        }
        long sum = 0;
        for (MetricSample state : states) {
            Long count = state.size();
            sum += count == null ? 0 : count;
        }
        return sum;
    }

    private static @Nullable Long direct(MetricsPage page) {
        for (String name : BUFFERS) {
            for (MetricSample pool : page.all(name)) {
                if ("direct".equals(pool.label(BUFFER_POOL))) {
                    return pool.size();
                }
            }
        }
        return null;
    }

    private static @Nullable Double cpuSeconds(MetricsPage page) throws MalformedOutputException {
        Double seconds = page.number(CPU_SECONDS);
        Double nanos = seconds == null ? page.number(CPU_NANOS) : null;
        return nanos == null ? seconds : Double.valueOf(nanos / NANOS);
    }

    private static @Nullable Instant startedAt(MetricsPage page) throws MalformedOutputException {
        Double seconds = page.number(START);
        return seconds == null || seconds == 0 ? null : Instant.ofEpochMilli(Math.round(seconds * MILLIS));
    }

    private static @Nullable String version(MetricsPage page) {
        for (String name : INFO) {
            for (String version : page.labels(name, VERSION)) {
                Matcher number = VERSION_NUMBER.matcher(version);
                if (number.lookingAt()) {
                    return number.group();
                }
            }
        }
        return null;
    }

    private static Set<String> names() {
        List<String[]> groups = List.of(
                HeapMetrics.USED,
                HeapMetrics.COMMITTED,
                HeapMetrics.MAX,
                HeapMetrics.AFTER_GC,
                HeapMetrics.WHOLE_USED,
                HeapMetrics.WHOLE_COMMITTED,
                HeapMetrics.WHOLE_MAX,
                CLASSES_NOW,
                CLASSES_LOADED,
                CLASSES_UNLOADED,
                THREADS,
                BUFFERS,
                CPU_SECONDS,
                INFO,
                new String[] {HeapMetrics.LIVE_DATA, THREADS_BY_STATE, CPU_NANOS, RESIDENT, START});
        List<String> all = new ArrayList<>(GcMetrics.NAMES);
        groups.forEach(group -> all.addAll(List.of(group)));
        return Set.copyOf(new HashSet<>(all));
    }
}
