package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.workload.LifeSummary.Leak;
import io.heapwarden.workload.LifeSummary.Rising;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a recorder. Times inside are null for "not yet".
 *
 * @param lastAt time of the last sample
 * @param judgedSince time of the first sample after warm-up
 * @param slotFrom when the open slot began
 * @param age number of the last age that was written down
 * @param state where the life stands
 * @param rising what rises
 * @param leak the confirmed leak
 * @param tracks one for each signal
 */
public record LifeCheckpoint(
        @Nullable Instant lastAt,
        @Nullable Instant judgedSince,
        @Nullable Instant slotFrom,
        int age,
        State state,
        @Nullable Rising rising,
        @Nullable Leak leak,
        Map<Signal, TrackState> tracks) {

    public LifeCheckpoint {
        tracks = Map.copyOf(tracks);
    }

    /**
     * One signal.
     *
     * @param open lowest value of the open slot; null while it has none
     * @param floor floor of the last complete slot
     * @param base lowest floor
     * @param highest highest floor
     * @param settled floor from which calm is counted
     * @param settledAt since when it is calm
     * @param limit its limit
     * @param growth growth by number of the age
     */
    public record TrackState(
            @Nullable Double open,
            @Nullable Double floor,
            double base,
            double highest,
            double settled,
            @Nullable Instant settledAt,
            @Nullable Double limit,
            Map<Integer, Double> growth) {
        public TrackState {
            growth = Map.copyOf(growth);
        }
    }
}
