package io.heapwarden.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpTracingTest {

    private static final SpanKey FINDING = SpanKey.finding("uid-1", "shell/app/sh");

    @TempDir
    Path scratch;

    private OtlpStandIn collector;

    @BeforeEach
    void start() throws IOException {
        collector = new OtlpStandIn();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anActIsBelowTheFindingItFollowsFromWithAllThatIsSaidOfIt() {
        Instant event = Instant.parse("2026-03-01T10:00:00Z");
        try (Tracing tracing = OtlpTracing.start(settings(null))) {
            tracing.begin(FINDING, null, event)
                    .with("security.risk", "Critical")
                    .close();
            TraceSpan act = tracing.begin(SpanKey.act("uid-1"), FINDING);
            act.with("heapwarden.decision", "Allowed").close();
            assertThat(tracing.traceId(SpanKey.act("uid-1"))).isEqualTo(tracing.traceId(FINDING));
        }

        Span finding = collector.spans("finding").getFirst();
        Span act = collector.spans("act").getFirst();
        assertThat(OtlpStandIn.attributes(finding.getAttributesList())).containsEntry("security.risk", "Critical");
        assertThat(finding.getStartTimeUnixNano()).isEqualTo(event.toEpochMilli() * 1_000_000);
        assertThat(finding.getParentSpanId().isEmpty()).isTrue();
        assertThat(act.getParentSpanId()).isEqualTo(finding.getSpanId());
        assertThat(act.getTraceId()).isEqualTo(finding.getTraceId());
        assertThat(OtlpStandIn.attributes(act.getAttributesList())).containsEntry("heapwarden.decision", "Allowed");
        assertThat(OtlpStandIn.attributes(collector.resources().getFirst().getAttributesList()))
                .containsEntry("service.name", "heapwarden")
                .containsEntry("service.version", "1.2.3")
                .containsEntry("k8s.pod.name", "heapwarden-0");
    }

    @Test
    void theTraceIsAtTheEndOfTheSentence() {
        try (Tracing tracing = OtlpTracing.start(settings(null))) {
            assertThat(tracing.tail(FINDING, "Something.")).isEqualTo("Something.");

            tracing.begin(FINDING, null).close();

            assertThat(tracing.tail(FINDING, "Something.")).matches("Something\\. \\(trace [0-9a-f]{32}\\)");
        }
    }

    @Test
    void aSpanThatIsNeverClosedIsNotTold() {
        try (Tracing tracing = OtlpTracing.start(settings(null))) {
            tracing.begin(FINDING, null);
            tracing.begin(SpanKey.act("uid-1"), null).close();
        }

        assertThat(collector.spans()).extracting(Span::getName).containsExactly("act");
    }

    @Test
    void noMoreThanTheLatestAreRemembered() {
        try (Tracing tracing = OtlpTracing.start(settings(null))) {
            tracing.begin(FINDING, null).close();
            for (int i = 1; i < OtlpTracing.REMEMBERED; i++) {
                tracing.begin(SpanKey.act("uid-" + i), null);
            }
            assertThat(tracing.traceId(FINDING)).isNotEmpty();

            tracing.begin(SpanKey.act("one more"), null);

            assertThat(tracing.traceId(FINDING)).isEmpty();
        }
    }

    @Test
    void headersAreReadAnewForEachRequest() throws IOException {
        Files.writeString(scratch.resolve("authorization"), "Bearer one\n");
        try (Tracing tracing = OtlpTracing.start(settings(scratch))) {
            tracing.begin(FINDING, null).close();
            await().atMost(Duration.ofSeconds(10)).until(() -> collector.spans().size() == 1);
            Files.writeString(scratch.resolve("authorization"), "Bearer two\n");
            tracing.begin(FINDING, null).close();
        }

        assertThat(collector.headers())
                .extracting(all -> all.get("Authorization").getFirst())
                .containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void aCollectorThatRefusesOrIsNotThereDelaysNobody() {
        collector.answerWith(500);
        long began = System.nanoTime();
        Tracing tracing = OtlpTracing.start(settings(null));
        for (int i = 0; i < 5 * OtlpTracing.QUEUE; i++) {
            tracing.begin(SpanKey.act("uid-" + i), null).close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));

        collector.close();
        tracing.begin(FINDING, null).close();
        tracing.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"collector:4317", "ftp://collector", "http://", "http://me:secret@collector", "ht tp://x", "/v1"
            })
    void whatIsNoAddressIsSaidAtTheStart(String endpoint) {
        OtlpSettings settings = new OtlpSettings(endpoint, null, "1.2.3", "heapwarden-0");

        assertThatThrownBy(() -> OtlpTracing.start(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heapwarden.otlp.endpoint")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPathThatIsGivenIsKept() {
        assertThat(new OtlpSettings("https://c:4318/", null, "1", "p").address())
                .hasToString("https://c:4318/v1/traces");
        assertThat(new OtlpSettings("https://c/otlp/t", null, "1", "p").address())
                .hasToString("https://c/otlp/t");
    }

    private OtlpSettings settings(Path headers) {
        return new OtlpSettings(collector.endpoint(), headers, "1.2.3", "heapwarden-0");
    }
}
