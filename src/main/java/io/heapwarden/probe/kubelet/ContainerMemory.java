package io.heapwarden.probe.kubelet;

import io.heapwarden.growth.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one container as its kubelet tells it. Sizes are in bytes; what the kubelet leaves out is null.
 *
 * @param at when the kubelet measured it, by the clock of the node: every 10 s or so, so that it is older than the answer
 * @param rss anonymous memory, the memory that a limit cannot take back
 * @param workingSet use less inactive page cache, what {@code kubectl top} shows
 * @param usage everything charged to the container, page cache too
 * @param available limit less working set; null when there is no limit
 * @param some pressure: some of its tasks waited; null when it is not told
 * @param full pressure: all of its tasks waited; null when it is not told
 */
public record ContainerMemory(
        @Nullable Instant at,
        @Nullable Long rss,
        @Nullable Long workingSet,
        @Nullable Long usage,
        @Nullable Long available,
        @Nullable Pressure some,
        @Nullable Pressure full) {

    static final ContainerMemory UNKNOWN = new ContainerMemory(null, null, null, null, null, null, null);

    /**
     * As a sample, of which anonymous memory and working set are known.
     *
     * @param readAt the time it bears when the kubelet gave none
     */
    public Sample sample(Instant readAt) {
        return Sample.at(at == null ? readAt : at)
                .anon(rss)
                .workingSet(workingSet)
                .build();
    }
}
