package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One watched series of one life: its floors, its base level, and for each bucket length how often it has passed the test in a row and from where
 * it has come back. What came back is remembered for each length by itself: a daily swing comes back in floors of an hour, not in those of a day,
 * so that a leak under a swing is seen in the longer ones.
 */
final class Series {

    /** A return from a peak makes growth up to this many times as high ordinary (the "maximum filter" of PrecogMF, arXiv 2106.08938). */
    static final double ABOVE_KNOWN_PEAK = 1.2;

    /** A floor below base plus this share of the growth is a return. */
    static final double RETURNED_BELOW = 0.5;

    /** Bucket length, as a position, whose minima tell the level: four intervals. */
    static final int LEVEL_SCALE = 2;

    /** A floor that rises by less than this share of the growth has not risen … */
    static final double LEAST_RISE = 0.02;

    /** … and growth that has not risen for this share of the time it took before has come to rest. */
    static final double REST = 0.5;

    private static final long NONE = -1;

    private final Watched watched;
    private final BucketFloors floors;
    private final int[] streaks;
    private final long[] peaks;
    private final long[] highest;
    private final long[] returnedFrom;
    private final @Nullable Trend[] trends;
    private final Survival survival;
    private long last = BucketFloors.MISSING;
    private long base = BucketFloors.MISSING;
    private long baseAt = NONE;
    private long risingAt = NONE;
    private long top = BucketFloors.MISSING;
    private long topAt = NONE;

    Series(Watched watched, long firstAt, long interval) {
        this(watched, new BucketFloors(firstAt, interval), new Survival());
    }

    private Series(Watched watched, BucketFloors floors, Survival survival) {
        this.watched = watched;
        this.floors = floors;
        this.survival = survival;
        int scales = floors.scales();
        streaks = new int[scales];
        peaks = filled(scales);
        highest = filled(scales);
        returnedFrom = filled(scales);
        trends = new Trend[scales];
    }

    private static long[] filled(int scales) {
        long[] none = new long[scales];
        Arrays.fill(none, NONE);
        return none;
    }

    Series(Watched watched, long firstAt, long interval, DetectorCheckpoint.SeriesState state) {
        this(watched, new BucketFloors(firstAt, interval, state.scales()), new Survival(state.survived()));
        for (int scale = 0; scale < streaks.length; scale++) {
            DetectorCheckpoint.ScaleHistory history = state.histories().get(scale);
            streaks[scale] = history.streak();
            peaks[scale] = history.peak();
            highest[scale] = history.highest();
            returnedFrom[scale] = history.returnedFrom();
            trends[scale] = test(scale);
        }
        last = state.last();
        base = state.base();
        baseAt = state.baseAt();
        risingAt = state.risingAt();
        top = state.top();
        topAt = state.topAt();
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
        if ((completed & 1 << LEVEL_SCALE) != 0 && base != BucketFloors.MISSING) {
            noteTop(floors.newest(LEVEL_SCALE), at);
        }
    }

    private void noteTop(long floor, long at) {
        if (floor != BucketFloors.MISSING
                && (top == BucketFloors.MISSING
                        || floor > top + Math.max(watched.resolution(), LEAST_RISE * (top - base)))) {
            top = floor;
            topAt = at;
        }
        if (isPlateau(at)) {
            // What it has come to rest at is no news from now on.
            for (int scale = 0; scale < returnedFrom.length; scale++) {
                returnedFrom[scale] = Math.max(returnedFrom[scale], top);
            }
        }
    }

    /** Whether it grew and has come to rest: no new high for half as long as the growth took. */
    boolean isPlateau(long now) {
        return topAt > baseAt && now - topAt >= REST * (topAt - baseAt);
    }

    private void evaluate(int scale, long at) {
        Trend trend = test(scale);
        trends[scale] = trend;
        long floor = floors.newest(scale);
        if (base != BucketFloors.MISSING && floor != BucketFloors.MISSING) {
            noteHighest(scale, floor);
        }
        if (trend == null || !trend.risesForGood()) {
            streaks[scale] = 0;
            return;
        }
        streaks[scale]++;
        risingAt = at;
        if (base != BucketFloors.MISSING) {
            peaks[scale] = Math.max(peaks[scale], floor);
        }
    }

    private @Nullable Trend test(int scale) {
        int leastPresent =
                floors.length(scale) == BucketFloors.DAY_MILLIS ? FloorTest.LEAST_DAYS : FloorTest.LEAST_PRESENT;
        return FloorTest.of(floors.floors(scale), floors.length(scale), watched.resolution(), leastPresent);
    }

    private void noteHighest(int scale, long floor) {
        if (highest[scale] != NONE && isReturn(floor, highest[scale])) {
            returnedFrom[scale] = Math.max(returnedFrom[scale], highest[scale]);
            highest[scale] = floor;
        } else {
            highest[scale] = Math.max(highest[scale], floor);
        }
    }

    private boolean isReturn(long value, long from) {
        return value < base + RETURNED_BELOW * (from - base) && from - base >= watched.resolution();
    }

    /** A single low value ends what was rising, at once; the floors that are not complete yet would show it later. */
    private void noteReturn(long value) {
        if (value == BucketFloors.MISSING) {
            return;
        }
        boolean rising = false;
        for (int scale = 0; scale < peaks.length; scale++) {
            if (peaks[scale] != NONE && isReturn(value, peaks[scale])) {
                returnedFrom[scale] = Math.max(returnedFrom[scale], peaks[scale]);
                peaks[scale] = NONE;
                streaks[scale] = 0;
            }
            rising |= peaks[scale] != NONE;
        }
        if (!rising) {
            risingAt = NONE;
        }
    }

    /** How the floors of one bucket length went; null while too few are known. */
    @Nullable
    Trend trend(int scale) {
        return trends[scale];
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

    /** Whether the newest floor of this length is no news: growth to there has come back or to rest before. */
    boolean withinKnownPeak(int scale) {
        return returnedFrom[scale] != NONE
                && floors.newest(scale) - base <= ABOVE_KNOWN_PEAK * (returnedFrom[scale] - base);
    }

    DetectorCheckpoint.SeriesState checkpoint() {
        DetectorCheckpoint.ScaleHistory[] histories = new DetectorCheckpoint.ScaleHistory[streaks.length];
        Arrays.setAll(
                histories,
                scale -> new DetectorCheckpoint.ScaleHistory(
                        streaks[scale], peaks[scale], highest[scale], returnedFrom[scale]));
        return new DetectorCheckpoint.SeriesState(
                last,
                base,
                baseAt,
                risingAt,
                top,
                topAt,
                Arrays.asList(histories),
                floors.checkpoint(),
                survival.checkpoint());
    }
}
