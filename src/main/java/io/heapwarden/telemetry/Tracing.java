package io.heapwarden.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells the steps of the operator's work as spans of traces: probes, verdicts, findings and acts, each below the one it follows from. What was begun under
 * a key last can be named as a cause for as long as it is remembered. Never throws, never waits. Safe for use by many threads.
 */
public interface Tracing extends AutoCloseable {

    /** Tells nobody, and costs nothing. */
    Tracing OFF = new Tracing() {
        @Override
        public boolean on() {
            return false;
        }

        @Override
        public TraceSpan begin(SpanKey self, @Nullable SpanKey cause, @Nullable Instant since) {
            return TraceSpan.NONE;
        }

        @Override
        public String traceId(SpanKey of) {
            return "";
        }

        @Override
        public void close() {}
    };

    /** Whether anybody is told. */
    boolean on();

    /**
     * Begins a span, which is told when it is closed.
     *
     * @param self what it is; takes the place of an earlier one with that key
     * @param cause what it follows from; null, or not remembered any more: it begins a trace
     * @param since when it began; null for now
     */
    TraceSpan begin(SpanKey self, @Nullable SpanKey cause, @Nullable Instant since);

    /** The same, from now on. */
    default TraceSpan begin(SpanKey self, @Nullable SpanKey cause) {
        return begin(self, cause, null);
    }

    /** The trace of the last span with that key, as 32 hexadecimal digits; empty when none is remembered. */
    String traceId(SpanKey of);

    /** A sentence with the trace of a step at its end, if there is one. */
    default String tail(SpanKey of, String sentence) {
        String trace = traceId(of);
        return trace.isEmpty() ? sentence : sentence + " (trace " + trace + ")";
    }

    /** Sends what is left, for a few seconds at most, and stops. */
    @Override
    void close();
}
