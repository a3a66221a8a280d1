package io.heapwarden.probe.metrics;

import io.heapwarden.growth.Sample;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a metrics page says of a JVM.
 *
 * @param address the page
 * @param jvm what does not change
 * @param sample the counters
 * @param missing what the page leaves out, most important first
 */
public record MetricsReading(URI address, JvmFacts jvm, Sample sample, Set<Missing> missing) {

    /** Why leaks cannot be judged by this page; empty when they can: the heap after a collection is the least that takes. */
    public Optional<Failure<MetricsReading>> shortfall() {
        return missing.contains(Missing.HeapAfterGc)
                ? Optional.of(
                        new Failure<>(FailureReason.MetricsIncomplete, address + ": " + Missing.HeapAfterGc.words()))
                : Optional.empty();
    }
}
