package io.heapwarden.growth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one series stands now.
 *
 * @param level its floor, in buckets of the length that judges it
 * @param current its floor in the shortest buckets that give one
 * @param base where growth is counted from
 * @param limit its limit; null when none is known
 * @param share share of the headroom that the growth has used, 0 to 1
 * @param window time over which the longest rising run of buckets reaches; null when none rises
 * @param recentlyRising whether some bucket length passed the floor test lately
 * @param passed evaluations passed in a row by the bucket length that covers the life; 0 when none does
 * @param confirmed whether the growth is long, steady and fast enough to be told, evidence aside
 * @param covering whether the buckets that judge it cover the life; growth that began late in a life is told later
 * @param known whether growth to this level has come back before
 * @param slope growth of the floor a millisecond; null while it is not known
 * @param elasticity exponent of the growth: 1 for a line, 0 for a plateau; null while it is not known
 * @param exhaustion when the limit is reached; null while nothing rises or nothing limits
 */
record Growth(
        Series series,
        long level,
        long current,
        long base,
        @Nullable Long limit,
        double share,
        @Nullable Duration window,
        boolean recentlyRising,
        int passed,
        boolean confirmed,
        boolean covering,
        boolean known,
        @Nullable Double slope,
        @Nullable Double elasticity,
        @Nullable Exhaustion exhaustion) {

    /** Share of the headroom from which growth is looked at more closely. */
    static final double SUSPECT_SHARE = 0.10;

    Watched watched() {
        return series.watched();
    }

    Signal signal() {
        return series.watched().signal();
    }

    long grown() {
        return level - base;
    }

    boolean worthMention() {
        return recentlyRising && share >= SUSPECT_SHARE && grown() >= watched().leastGrowth(limit);
    }

    /** Share of the limit that the floor has reached; 0 without a limit. */
    double filled() {
        Long end = limit;
        return end == null ? 0 : (double) current / end;
    }
}
