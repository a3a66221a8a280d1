package io.heapwarden.telemetry;

/**
 * What a span is about, so that another can name it as its cause.
 *
 * @param name of the span
 * @param about which pod, and what of it
 */
public record SpanKey(String name, String about) {

    /** A container is asked. */
    public static SpanKey probe(String podUid, String container) {
        return new SpanKey("probe", podUid + "/" + container);
    }

    /** The state of a container changed. */
    public static SpanKey verdict(String podUid, String container) {
        return new SpanKey("verdict", podUid + "/" + container);
    }

    /** Something was found of a pod. */
    public static SpanKey finding(String podUid, String finding) {
        return new SpanKey("finding", podUid + "/" + finding);
    }

    /** The gate is asked whether to act on a pod, and what it lets through is done. */
    public static SpanKey act(String podUid) {
        return new SpanKey("act", podUid);
    }
}
