package io.heapwarden.probe;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.JvmCounters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reading says beside the series that are judged.
 *
 * @param at when it was read
 * @param counters the JVM's own; null where they are not seen
 * @param container what happened to the container's memory
 */
public record Vitals(Instant at, @Nullable JvmCounters counters, ContainerEvents container) {

    /** How fast things happened since an earlier reading; null where that is not known. */
    public @Nullable CounterRates since(@Nullable Vitals earlier) {
        return earlier == null || earlier.counters() == null || counters == null
                ? null
                : CounterRates.between(
                        new CounterRates.Reading(earlier.at(), earlier.counters()),
                        new CounterRates.Reading(at, counters));
    }
}
