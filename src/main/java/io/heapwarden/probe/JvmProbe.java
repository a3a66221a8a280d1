package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import java.time.Duration;

/**
 * Asks the JVM of a container. Calls block and never throw for what the container did; run them on virtual threads. At most one call for one
 * container at a time.
 */
public interface JvmProbe {

    /** Reads the counters. Never pauses the JVM. */
    ProbeResult<JvmReading> counters(Target target);

    /**
     * Takes a class histogram, which pauses the JVM.
     *
     * @param last the last counters of the same container; headroom and pause are predicted from them
     * @param live whether to leave unreachable objects out, at the price of a full collection
     * @param maxPause the longest pause that may be predicted
     */
    ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause);
}
