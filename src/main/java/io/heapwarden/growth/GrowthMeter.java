package io.heapwarden.growth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures how a series stands: which bucket length judges it, how much of the headroom is used, how steadily it grows, when it ends. */
final class GrowthMeter {

    /** The judging buckets cover this share of the time observed, so that a morning is not judged on minutes. Two fifths and not half: the next longer length needs that overlap to be confirmed in time. */
    static final double COVERED_SHARE = 0.4;

    /** … but a day is always enough. */
    static final Duration COVERED_ENOUGH = Duration.ofDays(1);

    /** A daily swing is back at its base a day later; two hours more, as days differ. */
    static final Duration A_DAY_AND_MORE = Duration.ofHours(26);

    /** Growth seen for less than a day may be half of a daily swing, unless it meets its limit within a quarter of one. */
    static final Duration TOO_FAST_FOR_A_DAILY_SWING = Duration.ofHours(6);

    /** Exponent of the growth: a line has 1, a logarithm about 0.2. */
    static final double LEAST_ELASTICITY = 0.65;

    /** Evaluations of one bucket length in a row. */
    static final int EVALUATIONS_TO_CONFIRM = 3;

    /** Growth counts as recent for this many intervals after a bucket length passed: two windows of the shortest one. */
    static final int RECENT_INTERVALS = 48;

    /** Bucket length, as a position, from which the minimum of values that hold garbage is a floor at all: eight intervals. */
    private static final int NOISY_SCALE = 3;

    /** Bucket length, as a position, whose newest minimum is the level: four intervals, which evens out survivors of one collection. */
    private static final int LEVEL_SCALE = Series.LEVEL_SCALE;

    private static final int LEAST_PRESENT_FOR_SLOPE = 6;

    private final Life life;
    private final long now;
    private final long observed;

    /**
     * @param now time of the newest sample, in milliseconds
     * @param observed time since the first sample, in milliseconds
     */
    GrowthMeter(Life life, long now, long observed) {
        this.life = life;
        this.now = now;
        this.observed = observed;
    }

    /**
     * Measures one series.
     *
     * @param floorIsNoisy whether a single value holds garbage, so that only the minimum of a long bucket is a floor
     * @param ordinary growth up to here is no growth; 0 for none
     * @return null while the series has no floor yet
     */
    @Nullable
    Growth measure(Series series, boolean floorIsNoisy, long ordinary) {
        BucketFloors floors = series.floors();
        int rising = longestPassing(series, 1, false);
        int covering = longestPassing(series, EVALUATIONS_TO_CONFIRM, true);
        int judging = covering >= 0 ? covering : longestPassing(series, EVALUATIONS_TO_CONFIRM, false);
        int nowScale = floorIsNoisy ? noisyScale(floors, Math.max(judging, rising)) : 0;
        boolean overDays = judging >= 0 && floors.window(judging) >= COVERED_ENOUGH.toMillis();
        long level = floors.newest(overDays ? Math.max(nowScale, judging) : Math.max(nowScale, LEVEL_SCALE));
        long current = floors.newest(nowScale);
        if (level == BucketFloors.MISSING || current == BucketFloors.MISSING || series.base() == BucketFloors.MISSING) {
            return null;
        }
        long base = Math.max(series.base(), ordinary);
        Long limit = series.watched().limit(life);
        double end = series.watched().usableShareOfLimit()
                * (limit != null ? limit : series.watched().assumedLimit(base));
        double share = level <= base ? 0 : end <= level ? 1 : (level - base) / (end - base);
        boolean recent = series.risingAt() >= 0
                && (rising >= 0 || now - series.risingAt() <= RECENT_INTERVALS * intervalMillis());
        Double elasticity = elasticity(series);
        boolean confirmed = judging >= 0
                && level - base >= series.watched().leastGrowth(limit)
                && elasticity != null
                && elasticity >= LEAST_ELASTICITY
                && !series.isPlateau(now)
                && noDailySwing(series, judging, covering >= 0, end - level);
        return new Growth(
                series,
                level,
                current,
                base,
                limit,
                share,
                rising < 0 ? null : Duration.ofMillis(floors.window(Math.max(rising, judging))),
                recent,
                judging < 0 ? 0 : series.streak(judging),
                confirmed,
                covering >= 0,
                series.withinKnownPeak(Math.max(judging, LEVEL_SCALE)),
                slope(series),
                elasticity,
                recent && limit != null ? ExhaustionEstimate.of(series, now, observed, limit) : null);
    }

    private static int noisyScale(BucketFloors floors, int judging) {
        return Math.min(Math.max(judging, NOISY_SCALE), floors.scales() - 1);
    }

    private int longestPassing(Series series, int streak, boolean covering) {
        for (int scale = series.floors().scales() - 1; scale >= 0; scale--) {
            boolean wholeDays = series.floors().length(scale) == BucketFloors.DAY_MILLIS;
            if (series.streak(scale) >= (wholeDays ? 1 : streak)
                    && (!covering || covers(series.floors().window(scale)))) {
                return scale;
            }
        }
        return -1;
    }

    private boolean covers(long window) {
        return window >= Math.min(COVERED_SHARE * observed, (double) COVERED_ENOUGH.toMillis());
    }

    private boolean noDailySwing(Series series, int scale, boolean covering, double headroom) {
        boolean notBackAfterADay = covering && now - series.baseAt() >= A_DAY_AND_MORE.toMillis();
        if (notBackAfterADay || series.floors().window(scale) >= COVERED_ENOUGH.toMillis()) {
            return true;
        }
        Trend trend = series.trend(scale);
        return trend != null && headroom <= trend.slope() * (double) TOO_FAST_FOR_A_DAILY_SWING.toMillis();
    }

    private @Nullable Double slope(Series series) {
        int scale = shortestCovering(series, LEAST_PRESENT_FOR_SLOPE);
        if (scale < 0) {
            return null;
        }
        BucketFloors floors = series.floors();
        Trend trend = FloorTest.of(
                floors.floors(scale), floors.length(scale), series.watched().resolution(), LEAST_PRESENT_FOR_SLOPE);
        return trend == null ? null : trend.slope();
    }

    /** How the growth now compares with the growth at half of the time since the base: log of the ratio over log of the ratio of times. */
    private @Nullable Double elasticity(Series series) {
        int scale = shortestCovering(series, FloorTest.LEAST_PRESENT);
        if (scale < 0) {
            return null;
        }
        BucketFloors floors = series.floors();
        long[] floor = floors.floors(scale);
        int newest = lastPresent(floor, BucketFloors.KEPT - 1);
        double elapsed = middle(floors, scale, newest) - series.baseAt();
        int half = newest;
        while (half > 0 && middle(floors, scale, half) - series.baseAt() > elapsed / 2) {
            half--;
        }
        while (half < newest && floor[half] == BucketFloors.MISSING) {
            half++;
        }
        double elapsedThen = middle(floors, scale, half) - series.baseAt();
        long grown = floor[newest] - series.base();
        long grownThen = floor[half] - series.base();
        if (grown <= 0) {
            return 0.0;
        }
        if (elapsedThen <= 0 || grownThen <= 0 || half == newest) {
            return Double.MAX_VALUE;
        }
        return Math.log((double) grown / grownThen) / Math.log(elapsed / elapsedThen);
    }

    private int shortestCovering(Series series, int present) {
        BucketFloors floors = series.floors();
        for (int scale = 0; scale < floors.scales(); scale++) {
            if (covers(floors.window(scale)) && floors.present(scale) >= present) {
                return scale;
            }
        }
        return -1;
    }

    private static int lastPresent(long[] floor, int from) {
        int position = from;
        while (position > 0 && floor[position] == BucketFloors.MISSING) {
            position--;
        }
        return position;
    }

    private static double middle(BucketFloors floors, int scale, int position) {
        return floors.beganAt(scale, position) + floors.length(scale) / 2.0;
    }

    private long intervalMillis() {
        return life.interval().toMillis();
    }
}
