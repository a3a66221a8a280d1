package io.heapwarden.probe.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a metrics page.
 *
 * @param name of the metric, such as {@code jvm_memory_used_bytes}
 * @param labels by name
 * @param value as written; may be NaN or infinite
 */
record MetricSample(String name, Map<String, String> labels, double value) {

    /** The first of these labels that is there; null when none is. */
    @Nullable
    String label(String... names) {
        for (String candidate : names) {
            String found = labels.get(candidate);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A count or size; null for what cannot be one, such as the -1 that stands for "no limit". */
    @Nullable
    Long size() {
        return value >= 0 && value < Long.MAX_VALUE ? Long.valueOf((long) value) : null;
    }
}
