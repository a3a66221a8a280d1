package io.heapwarden.e2e;

import io.heapwarden.telemetry.otlp.CollectorProcess;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A span as the collector wrote it into its log, its fields and attributes a line each.
 *
 * @param text those lines
 */
record CollectedSpan(String text) {

    /** Spans of one name that are about a pod, in the order they came. */
    static List<CollectedSpan> of(CollectorProcess collector, String name, String pod) throws IOException {
        return Arrays.stream(collector.log().split("(?m)^(Span #|Resource)"))
                .map(CollectedSpan::new)
                .filter(span -> span.field("Name").equals(name) && span.has("heapwarden.pod", pod))
                .toList();
    }

    /** Such as {@code Trace ID}; empty when it has none. */
    String field(String name) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.matches(name + " *:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    boolean has(String attribute, String value) {
        return text.contains("-> " + attribute + ": Str(" + value + ")");
    }
}
