package io.heapwarden.telemetry;

/** A step of the operator's work that is under way. Closed, it is told; never closed, it is forgotten. */
public interface TraceSpan extends AutoCloseable {

    /** Of a tracing that is off. */
    TraceSpan NONE = new TraceSpan() {
        @Override
        public TraceSpan with(String attribute, String value) {
            return this;
        }

        @Override
        public void close() {}
    };

    /** Says something of it, in place of what was said under that name before; at most 1,024 characters are kept. */
    TraceSpan with(String attribute, String value);

    @Override
    void close();
}
