package io.heapwarden.probe.metrics;

import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.jvm.Collector;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collections since the start, as a metrics page tells them.
 *
 * @param count young and full collections and the time the application stood still for them; null when the page does not tell them apart
 * @param collected whether there was any
 */
record GcMetrics(@Nullable GcCount count, boolean collected) {

    /** One library's way to count: names of metrics without their suffixes. A page that has two of them counts everything twice. */
    private static final List<List<String>> FAMILIES = List.of(
            List.of("jvm_gc_collection_seconds"),
            List.of("jvm_gc_pause_seconds", "jvm_gc_concurrent_phase_time_seconds"),
            List.of("jvm_gc_duration_seconds"));

    private static final String COUNT = "_count";
    private static final String SUM = "_sum";
    static final List<String> NAMES = FAMILIES.stream()
            .flatMap(List::stream)
            .flatMap(name -> java.util.stream.Stream.of(name + COUNT, name + SUM))
            .toList();

    private static final String[] GC = {"gc", "jvm_gc_name"};
    private static final String[] ACTION = {"action", "jvm_gc_action"};

    private enum Kind {
        Young,
        Full,
        /** Stops the application, but is part of a collection that is counted elsewhere. */
        Pause,
        /** Runs beside the application, and is no collection by itself. */
        Beside
    }

    static GcMetrics of(MetricsPage page, Collector collector) {
        for (List<String> family : FAMILIES) {
            if (family.stream().anyMatch(name -> !page.all(name + COUNT).isEmpty())) {
                return of(page, family, collector);
            }
        }
        return new GcMetrics(null, false);
    }

    private static GcMetrics of(MetricsPage page, List<String> family, Collector collector) {
        long young = 0;
        long full = 0;
        double seconds = 0;
        boolean collected = false;
        for (String name : family) {
            for (MetricSample sample : page.all(name + COUNT)) {
                Long counted = sample.size();
                long count = counted == null ? 0 : counted;
                collected |= count > 0;
                switch (kind(sample)) {
                    case Young -> young += count;
                    case Full -> full += count;
                    case Pause, Beside -> {}
                }
            }
            for (MetricSample sample : page.all(name + SUM)) {
                Kind kind = kind(sample);
                boolean stops = collector == Collector.ZGC || collector == Collector.Shenandoah
                        ? kind == Kind.Pause
                        : kind != Kind.Beside;
                if (stops && Double.isFinite(sample.value())) {
                    seconds += sample.value();
                }
            }
        }
        // Shenandoah's cycles are of either generation or of both, and the page does not say which.
        return new GcMetrics(collector == Collector.Shenandoah ? null : new GcCount(young, full, seconds), collected);
    }

    private static Kind kind(MetricSample sample) {
        String gc = sample.label(GC);
        if (gc != null) {
            switch (gc) {
                case "G1 Young Generation", "Copy", "PS Scavenge", "ParNew", "ZGC Minor Cycles" -> {
                    return Kind.Young;
                }
                case "G1 Old Generation",
                        "MarkSweepCompact",
                        "PS MarkSweep",
                        "ConcurrentMarkSweep",
                        "ZGC",
                        "ZGC Cycles",
                        "ZGC Major Cycles",
                        "Shenandoah Cycles" -> {
                    return Kind.Full;
                }
                case "ZGC Pauses", "ZGC Minor Pauses", "ZGC Major Pauses", "Shenandoah Pauses" -> {
                    return Kind.Pause;
                }
                default -> {
                    return Kind.Beside;
                }
            }
        }
        // Micrometer before 1.10 tells only what was done.
        String action = sample.label(ACTION);
        return switch (action == null ? "" : action.toLowerCase(Locale.ROOT)) {
            case "end of minor gc" -> Kind.Young;
            case "end of major gc", "end of gc cycle" -> Kind.Full;
            case "end of gc pause" -> Kind.Pause;
            default -> Kind.Beside;
        };
    }
}
