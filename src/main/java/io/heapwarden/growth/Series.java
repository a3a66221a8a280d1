package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One watched series of one life: its floors, its base level, and how often each bucket length has passed the test in a row. */
final class Series {

    /** A return from a peak makes growth up to this many times the peak ordinary (the "maximum filter" of PrecogMF, arXiv 2106.08938). */
    static final double ABOVE_KNOWN_PEAK = 1.2;

    /** A floor below base plus this share of the growth is a return. */
    static final double RETURNED_BELOW = 0.5;

    private static final long NONE = -1;

    private final Watched watched;
    private final BucketFloors floors;
    private final int[] streaks;
    private final Survival survival;
    private long last = BucketFloors.MISSING;
    private long base = BucketFloors.MISSING;
    private long baseAt = NONE;
    private long peak = NONE;
    private long returnedFrom = NONE;
    private long risingAt = NONE;

    Series(Watched watched, long firstAt, long interval) {
        this.watched = watched;
        floors = new BucketFloors(firstAt, interval);
        streaks = new int[floors.scales()];
        survival = new Survival();
    }

    Series(Watched watched, long firstAt, long interval, DetectorCheckpoint.SeriesState state) {
        this.watched = watched;
        floors = new BucketFloors(firstAt, interval, state.scales());
        streaks = state.streaks().stream().mapToInt(Integer::intValue).toArray();
        survival = new Survival(state.survived());
        last = state.last();
        base = state.base();
        baseAt = state.baseAt();
        peak = state.peak();
        returnedFrom = state.returnedFrom();
        risingAt = state.risingAt();
    }

    /**
     * Takes a value in.
     *
     * @param value {@link BucketFloors#MISSING} lets time pass only
     * @param warm whether judging has begun: growth counts from the lowest value since then
     */
    void observe(long at, long value, @Nullable GcCount gc, boolean warm) {
        int completed = floors.observe(at, value);
        if (value != BucketFloors.MISSING) {
            last = value;
            if (warm && (base == BucketFloors.MISSING || value < base)) {
                base = value;
                baseAt = at;
            }
        }
        if (watched.freedLazily()) {
            survival.observe(value, gc, base);
        }
        for (int scale = 0; scale < streaks.length; scale++) {
            if ((completed & 1 << scale) != 0) {
                evaluate(scale, at);
            }
        }
        noteReturn(value);
    }

    private void evaluate(int scale, long at) {
        Trend trend = trend(scale);
        if (trend == null || !trend.risesForGood()) {
            streaks[scale] = 0;
            return;
        }
        streaks[scale]++;
        risingAt = at;
        if (base != BucketFloors.MISSING) {
            peak = Math.max(peak, floors.newest(scale));
        }
    }

    private void noteReturn(long value) {
        if (value == BucketFloors.MISSING || peak == NONE || value >= base + RETURNED_BELOW * (peak - base)) {
            return;
        }
        returnedFrom = Math.max(returnedFrom, peak);
        peak = NONE;
        risingAt = NONE;
        Arrays.fill(streaks, 0);
    }

    @Nullable
    Trend trend(int scale) {
        return FloorTest.of(floors.floors(scale), floors.length(scale), watched.resolution(), FloorTest.LEAST_PRESENT);
    }

    Watched watched() {
        return watched;
    }

    BucketFloors floors() {
        return floors;
    }

    int streak(int scale) {
        return streaks[scale];
    }

    long last() {
        return last;
    }

    long base() {
        return base;
    }

    long baseAt() {
        return baseAt;
    }

    /** When a bucket length last passed the test, in milliseconds; -1 when none has since the last return. */
    long risingAt() {
        return risingAt;
    }

    /** Whether old collections left at least half of the growth up to this level. */
    boolean survivedOldCollection(long level) {
        return survival.confirms(base, level);
    }

    /** Whether this level is no news: growth to here has come back before. */
    boolean withinKnownPeak(long level) {
        return returnedFrom != NONE && level <= ABOVE_KNOWN_PEAK * returnedFrom;
    }

    DetectorCheckpoint.SeriesState checkpoint() {
        return new DetectorCheckpoint.SeriesState(
                last,
                base,
                baseAt,
                peak,
                returnedFrom,
                risingAt,
                Arrays.stream(streaks).boxed().toList(),
                floors.checkpoint(),
                survival.checkpoint());
    }
}
