package io.heapwarden.growth;

import java.time.Duration;

/**
 * The buckets of time that all series of a life share. Their lengths are 2, 3, 4, 8, 16, … times the sampling interval, up to the first that is a day
 * or longer, so that the same engine serves one sample a second and one an hour. Of each length a ring of cells holds the complete buckets that are
 * kept and the open one; a bucket's cell is its number modulo {@value #RING}, so that time passes without anything being moved.
 */
final class BucketClock {

    /** Complete buckets kept of each length: the fewest for which a sign test means something (12 rises by chance: 1 in 170). */
    static final int KEPT = 12;

    /** Cells of a length: the complete buckets and the open one. */
    static final int RING = KEPT + 1;

    static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MOST_SCALES = 24;
    private static final int FIRST_DOUBLED = 2;

    private final long origin;
    private final long interval;
    private final byte[] open;
    private final byte[] begun;
    private long now;

    /**
     * @param firstAt time of the first sample, in milliseconds; it falls in the middle of its slot, so that jitter moves no sample over an edge
     * @param interval time between two samples, in milliseconds
     */
    BucketClock(long firstAt, long interval) {
        this.origin = firstAt - interval / 2;
        this.interval = interval;
        int scales = scales(interval);
        open = new byte[scales];
        begun = new byte[scales];
        now = origin;
    }

    /** Number of bucket lengths at a sampling interval. */
    static int scales(long interval) {
        int longest = FIRST_DOUBLED;
        while (longest < MOST_SCALES - 1 && interval << longest < DAY_MILLIS) {
            longest++;
        }
        return longest + 1;
    }

    /** Lets time pass until then, in milliseconds; the cells of buckets that began meanwhile are to be emptied. */
    void advance(long at) {
        for (int scale = 0; scale < open.length; scale++) {
            long length = length(scale);
            long index = (at - origin) / length;
            begun[scale] = (byte) Math.min(index - (now - origin) / length, RING);
            open[scale] = (byte) (index % RING);
        }
        now = at;
    }

    int scales() {
        return open.length;
    }

    /** Length of one bucket, in milliseconds. */
    long length(int scale) {
        if (scale < FIRST_DOUBLED) {
            return (scale + 2) * interval;
        }
        long doubled = interval << scale;
        return doubled < DAY_MILLIS ? doubled : Math.max(DAY_MILLIS, interval << FIRST_DOUBLED);
    }

    /** Length of all kept buckets together, in milliseconds. */
    long window(int scale) {
        return KEPT * length(scale);
    }

    /** Buckets of this length that began when time passed last, at most {@value #RING}; each but the newest is complete by now. */
    int begun(int scale) {
        return begun[scale];
    }

    /** The cell of a bucket; position {@link #KEPT} is the open one, those before it are complete, oldest first. */
    int cell(int scale, int position) {
        int cell = open[scale] + 1 + position;
        return cell < RING ? cell : cell - RING;
    }

    /** When the bucket at this position began, in milliseconds. */
    long beganAt(int scale, int position) {
        long length = length(scale);
        return origin + ((now - origin) / length - KEPT + position) * length;
    }
}
