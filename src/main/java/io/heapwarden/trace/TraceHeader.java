package io.heapwarden.trace;

import io.heapwarden.growth.Life;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a trace: whose life it tells.
 *
 * @param subject where it ran
 * @param javaVersion such as 17.0.15; null when not said
 * @param life start, sampling interval and limits
 */
public record TraceHeader(Subject subject, @Nullable String javaVersion, Life life) {

    /** What the first line says of the format. */
    public static final String VERSION = "trace/v1";

    /**
     * Where the JVM ran. A local JVM has none of these but perhaps a workload.
     *
     * @param workload kind and name of what manages it, such as Deployment/checkout
     * @param revision which version of the workload, such as a pod-template-hash
     */
    public record Subject(
            @Nullable String namespace,
            @Nullable String pod,
            @Nullable String container,
            @Nullable String workload,
            @Nullable String revision) {

        /** Nothing is known. */
        public static final Subject UNKNOWN = new Subject(null, null, null, null, null);
    }
}
