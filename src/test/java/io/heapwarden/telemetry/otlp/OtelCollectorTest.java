package io.heapwarden.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real collector makes of what is sent to it. Skipped where it cannot be built. */
class OtelCollectorTest {

    @TempDir
    Path scratch;

    @Test
    void theCollectorHasTheSpansTheirAttributesAndTheirParents() throws Exception {
        CollectorProcess collector = CollectorProcess.start(scratch);
        try {
            SpanKey finding = SpanKey.finding("uid-1", "shell/app/sh");
            String trace;
            try (Tracing tracing =
                    OtlpTracing.start(new OtlpSettings(collector.endpoint(), null, "1.2.3", "heapwarden-0"))) {
                tracing.begin(finding, null).with("security.risk", "Critical").close();
                tracing.begin(SpanKey.act("uid-1"), finding)
                        .with("heapwarden.decision", "Allowed")
                        .close();
                trace = tracing.traceId(finding);
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> collector.log().contains("heapwarden.decision"));
            List<String> lines = collector.log().lines().map(String::strip).toList();
            assertThat(lines)
                    .contains("-> service.name: Str(heapwarden)")
                    .contains("-> k8s.pod.name: Str(heapwarden-0)")
                    .contains("-> security.risk: Str(Critical)")
                    .contains("-> heapwarden.decision: Str(Allowed)");
            assertThat(values(lines, "Trace ID")).containsExactly(trace, trace);
            assertThat(values(lines, "Name")).containsExactly("finding", "act");
            assertThat(values(lines, "Parent ID"))
                    .containsExactly("", values(lines, "ID").getFirst());
        } finally {
            collector.stop();
        }
    }

    /** The collector writes {@code Trace ID       : 4bf9...}. */
    private static List<String> values(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.matches(field + " *:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }
}
