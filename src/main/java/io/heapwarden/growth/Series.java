package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;
import java.util.ArrayList;
import java.util.List;
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

    /** Levels remembered of each bucket length, beside its floors. */
    static final int REMEMBERED = 3;

    /** Of these the highest floor of growth that has not returned, … */
    private static final int PEAK = BucketClock.RING;

    /** … the highest floor since the last return … */
    private static final int HIGHEST = PEAK + 1;

    /** … and the highest floor from which the floors of this length once came back. */
    private static final int RETURNED_FROM = HIGHEST + 1;

    private static final long NONE = PackedLevels.MISSING;

    private final Watched watched;
    private final BucketClock clock;
    private final PackedLevels levels;
    private byte @Nullable [] streaks;
    private @Nullable Survival survival;
    private long last = BucketFloors.MISSING;
    private long base = BucketFloors.MISSING;
    private long baseAt = NONE;
    private long risingAt = NONE;
    private long top = BucketFloors.MISSING;
    private long topAt = NONE;

    /** @param clock the life's clock, at the time of the first value */
    Series(Watched watched, BucketClock clock) {
        this.watched = watched;
        this.clock = clock;
        levels = new PackedLevels(watched.resolution(), clock.scales() * BucketFloors.ROW);
    }

    Series(Watched watched, BucketClock clock, DetectorCheckpoint.SeriesState state) {
        this(watched, clock);
        for (int scale = 0; scale < clock.scales(); scale++) {
            DetectorCheckpoint.Scale kept = state.scales().get(scale);
            floors().restore(scale, kept.floors());
            set(scale, PEAK, kept.peak());
            set(scale, HIGHEST, kept.highest());
            set(scale, RETURNED_FROM, kept.returnedFrom());
            setStreak(scale, kept.streak());
        }
        survival = state.survived() == null ? null : new Survival(state.survived());
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
        BucketFloors floors = floors();
        floors.observe(value);
        long before = last;
        if (value != BucketFloors.MISSING) {
            last = value;
            if (warm && (base == BucketFloors.MISSING || value < base)) {
                base = value;
                baseAt = at;
            }
        }
        if (watched.freedLazily() && gc != null) {
            survival = survival == null ? new Survival() : survival;
            survival.observe(value, before, gc, base);
        }
        for (int scale = 0; scale < clock.scales(); scale++) {
            if (floors.completed(scale)) {
                evaluate(floors, scale, at);
            }
        }
        noteReturn(value);
        if (floors.completed(LEVEL_SCALE) && base != BucketFloors.MISSING) {
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
            for (int scale = 0; scale < clock.scales(); scale++) {
                raise(scale, RETURNED_FROM, top);
            }
        }
    }

    /** Whether it grew and has come to rest: no new high for half as long as the growth took. */
    boolean isPlateau(long now) {
        return topAt > baseAt && now - topAt >= REST * (topAt - baseAt);
    }

    private void evaluate(BucketFloors floors, int scale, long at) {
        long floor = floors.newest(scale);
        if (base != BucketFloors.MISSING && floor != BucketFloors.MISSING) {
            noteHighest(scale, floor);
        }
        Trend trend = trend(scale);
        if (trend == null || !trend.risesForGood()) {
            setStreak(scale, 0);
            return;
        }
        setStreak(scale, streak(scale) + 1);
        risingAt = at;
        if (base != BucketFloors.MISSING) {
            raise(scale, PEAK, floor);
        }
    }

    private void noteHighest(int scale, long floor) {
        long highest = get(scale, HIGHEST);
        if (highest != NONE && isReturn(floor, highest)) {
            raise(scale, RETURNED_FROM, highest);
            set(scale, HIGHEST, floor);
        } else {
            raise(scale, HIGHEST, floor);
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
        for (int scale = 0; scale < clock.scales(); scale++) {
            long peak = get(scale, PEAK);
            if (peak != NONE && isReturn(value, peak)) {
                raise(scale, RETURNED_FROM, peak);
                set(scale, PEAK, NONE);
                setStreak(scale, 0);
            } else {
                rising |= peak != NONE;
            }
        }
        if (!rising) {
            risingAt = NONE;
        }
    }

    /** How the floors of one bucket length went; null while too few are known. */
    @Nullable
    Trend trend(int scale) {
        boolean wholeDays = clock.length(scale) == BucketFloors.DAY_MILLIS;
        int leastPresent = wholeDays ? FloorTest.LEAST_DAYS : FloorTest.LEAST_PRESENT;
        return FloorTest.of(floors().floors(scale), clock.length(scale), watched.resolution(), leastPresent);
    }

    private long get(int scale, int remembered) {
        return levels.get(scale * BucketFloors.ROW + remembered);
    }

    private void set(int scale, int remembered, long level) {
        levels.set(scale * BucketFloors.ROW + remembered, level);
    }

    private void raise(int scale, int remembered, long level) {
        if (level > get(scale, remembered)) {
            set(scale, remembered, level);
        }
    }

    private void setStreak(int scale, int passed) {
        if (streaks == null) {
            if (passed == 0) {
                return;
            }
            streaks = new byte[clock.scales()];
        }
        streaks[scale] = (byte) Math.min(passed, Byte.MAX_VALUE);
    }

    Watched watched() {
        return watched;
    }

    BucketFloors floors() {
        return new BucketFloors(clock, levels);
    }

    /** Evaluations that this bucket length has passed in a row, as far as they are counted: at most 127. */
    int streak(int scale) {
        return streaks == null ? 0 : streaks[scale];
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
        return survival != null && survival.confirms(base, level);
    }

    /** Whether the newest floor of this length is no news: growth to there has come back or to rest before. */
    boolean withinKnownPeak(int scale) {
        long returnedFrom = get(scale, RETURNED_FROM);
        return returnedFrom != NONE && floors().newest(scale) - base <= ABOVE_KNOWN_PEAK * (returnedFrom - base);
    }

    DetectorCheckpoint.SeriesState checkpoint() {
        List<DetectorCheckpoint.Scale> scales = new ArrayList<>();
        for (int scale = 0; scale < clock.scales(); scale++) {
            scales.add(new DetectorCheckpoint.Scale(
                    streak(scale),
                    get(scale, PEAK),
                    get(scale, HIGHEST),
                    get(scale, RETURNED_FROM),
                    floors().checkpoint(scale)));
        }
        return new DetectorCheckpoint.SeriesState(
                last, base, baseAt, risingAt, top, topAt, scales, survival == null ? null : survival.checkpoint());
    }
}
