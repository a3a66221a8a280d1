package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Containers without room for a look are looked at seldom: each look may be what ends one, and without one nobody knows when there is room again. Safe for
 * use by many threads.
 */
final class FullContainers {

    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MEBIBYTE_BITS = 20;

    private final BackOff full;

    FullContainers(Clock clock) {
        this.full = new BackOff(clock, FIRST, LONGEST);
    }

    /**
     * Takes in what a look has found.
     *
     * @param room free memory, in bytes, that the look needs in the container; whoever needs none learns nothing
     * @param free what there is; null when it has no limit
     */
    void learn(Target target, long room, @Nullable Long free) {
        if (room == 0) {
            return;
        }
        if (free != null && free < room) {
            full.failed(target.containerId());
        } else {
            full.succeeded(target.containerId());
        }
    }

    /** Why a container is not looked at now; null when it may be. Whoever needs no room in it may look all the same. */
    <T> @Nullable Refusal<T> refusal(Target target, long room) {
        Duration remaining = room == 0 ? null : full.remaining(target.containerId());
        return remaining == null
                ? null
                : new Refusal<>(
                        RefusalReason.NotEnoughHeadroom,
                        "less than %d MiB were free under the container's memory limit, which a command in it can take; it is looked at again in %d s. Raise"
                                        .formatted(room >> MEBIBYTE_BITS, remaining.toSeconds() + 1)
                                + " the limit, or allow the channel Metrics or EphemeralContainer, which need no room in it");
    }
}
