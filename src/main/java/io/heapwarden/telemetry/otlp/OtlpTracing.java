package io.heapwarden.telemetry.otlp;

import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans to an OpenTelemetry collector, by OTLP over HTTP. They wait in a queue of {@value #QUEUE}; beyond it, and where nobody takes them, they are
 * dropped, and the operator does not notice.
 */
public final class OtlpTracing implements Tracing {

    /** Spans that wait to be sent. */
    static final int QUEUE = 2_048;

    /** Spans that may be named as causes, the latest. */
    static final int REMEMBERED = 10_000;

    private static final int LONGEST_VALUE = 1_024;
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final Duration TO_SEND = Duration.ofSeconds(10);
    private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(3);

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Map<SpanKey, SpanContext> latest = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SpanKey, SpanContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    private OtlpTracing(SpanExporter exporter, OtlpSettings settings) {
        provider = SdkTracerProvider.builder()
                .setResource(settings.resource())
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(BETWEEN_BATCHES)
                        .setExporterTimeout(TO_SEND)
                        .build())
                .build();
        tracer = provider.get("io.heapwarden");
    }

    /**
     * Begins to send.
     *
     * @throws IllegalArgumentException when the endpoint is none; the message says what it should be
     */
    public static Tracing start(OtlpSettings settings) {
        return new OtlpTracing(settings.exporter(TO_SEND), settings);
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public TraceSpan begin(SpanKey self, @Nullable SpanKey cause, @Nullable Instant since) {
        SpanBuilder builder = tracer.spanBuilder(self.name()).setNoParent();
        SpanContext parent = cause == null ? null : recall(cause);
        if (parent != null) {
            builder.setParent(Context.root().with(Span.wrap(parent)));
        }
        if (since != null) {
            builder.setStartTimestamp(since);
        }
        Span span = builder.startSpan();
        synchronized (latest) {
            // Removed first, so that what is used stays longest.
            latest.remove(self);
            latest.put(self, span.getSpanContext());
        }
        return new OtlpSpan(span);
    }

    @Override
    public String traceId(SpanKey of) {
        SpanContext known = recall(of);
        return known == null ? "" : known.getTraceId();
    }

    @Override
    public void close() {
        CompletableResultCode done = provider.shutdown();
        done.join(GRACE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private @Nullable SpanContext recall(SpanKey key) {
        synchronized (latest) {
            return latest.get(key);
        }
    }

    private record OtlpSpan(Span span) implements TraceSpan {
        @Override
        public TraceSpan with(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public void close() {
            span.end();
        }
    }
}
