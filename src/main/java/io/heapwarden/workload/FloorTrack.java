package io.heapwarden.workload;

import io.heapwarden.workload.LifeCheckpoint.TrackState;
import io.heapwarden.workload.LifeSummary.Floors;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The floor of one signal over a life, slot by slot. */
final class FloorTrack {

    /** A floor is calm until it exceeds the one from which calm is counted by this factor. */
    static final double RISEN = 1.05;

    private final Map<Integer, Double> growth = new TreeMap<>();
    private @Nullable Double open;
    private @Nullable Double floor;
    private double base = Double.MAX_VALUE;
    private double highest;
    private double settled;
    private @Nullable Instant settledAt;
    private @Nullable Double limit;

    FloorTrack() {}

    FloorTrack(TrackState state) {
        open = state.open();
        floor = state.floor();
        base = state.base();
        highest = state.highest();
        settled = state.settled();
        settledAt = state.settledAt();
        limit = state.limit();
        growth.putAll(state.growth());
    }

    void see(double value, @Nullable Double itsLimit) {
        Double lowest = open;
        open = lowest == null ? value : Double.valueOf(Math.min(lowest, value));
        limit = itsLimit;
    }

    void closeSlot(Instant at) {
        Double lowest = open;
        if (lowest == null) {
            return;
        }
        open = null;
        floor = lowest;
        base = Math.min(base, lowest);
        highest = Math.max(highest, lowest);
        if (settledAt == null || lowest > RISEN * settled) {
            settled = lowest;
            settledAt = at;
        }
    }

    void writeDown(int age) {
        Double now = floor;
        if (now != null) {
            growth.put(age, now - base);
        }
    }

    /** Empty before the first complete slot. */
    Optional<Floors> floors(Instant at) {
        Instant since = settledAt;
        return since == null
                ? Optional.empty()
                : Optional.of(new Floors(highest, Duration.between(since, at), limit, growth));
    }

    TrackState state() {
        return new TrackState(open, floor, base, highest, settled, settledAt, limit, growth);
    }
}
