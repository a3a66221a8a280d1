package io.heapwarden.objective;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a tracker.
 *
 * @param objective the objective it was made for, in words; a tracker of another one does not go on from it
 * @param last time of the last sample
 * @param holds whether the objective held then; null when it could not be told
 * @param gcSeconds time spent in collections until then; null when it is not known
 * @param period tally over the period
 * @param burns tallies over the burn windows
 * @param slots numbers of the floor's slots, the open one last
 * @param floors minima of the floor's slots
 */
public record ObjectiveCheckpoint(
        String objective,
        @Nullable Instant last,
        @Nullable Boolean holds,
        @Nullable Double gcSeconds,
        List<Long> period,
        List<List<Long>> burns,
        List<Long> slots,
        List<Double> floors) {

    public ObjectiveCheckpoint {
        Objects.requireNonNull(objective, "objective");
        period = List.copyOf(period);
        burns = burns.stream().map(List::copyOf).toList();
        slots = List.copyOf(slots);
        floors = List.copyOf(floors);
    }

    /** The same for the container's next life: time spent stays spent, but the floor of another JVM says nothing of this one's growth. */
    public ObjectiveCheckpoint ofEarlierLife() {
        return new ObjectiveCheckpoint(objective, last, holds, null, period, burns, List.of(), List.of());
    }
}
