package io.heapwarden.probe.kubelet;

import org.jspecify.annotations.Nullable;

/**
 * How much tasks waited for memory (pressure stall information); only on nodes with control groups of version 2 and Kubernetes 1.34 or later, or
 * with the feature gate KubeletPSI. Averages are in percent of the time.
 *
 * @param total time waited since the start, in the unit the kubelet gives: nanoseconds by its documentation, microseconds as the kernel counts
 * @param avg10 over 10 s
 * @param avg60 over 60 s
 * @param avg300 over 300 s
 */
public record Pressure(@Nullable Long total, @Nullable Double avg10, @Nullable Double avg60, @Nullable Double avg300) {}
