package io.heapwarden.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * The minimum of one series in each bucket of time, at several bucket lengths at once; see {@link BucketClock} for the buckets. Of each length the
 * last {@value #KEPT} complete buckets are kept. A sample costs one comparison a length. A bucket without a value is missing, never zero. This is a view:
 * the floors lie in the first cells of each row of the levels.
 *
 * @param clock the buckets, which the life's series share
 * @param levels a row of {@value #ROW} levels for each length
 */
record BucketFloors(BucketClock clock, PackedLevels levels) {

    static final int KEPT = BucketClock.KEPT;

    static final long MISSING = PackedLevels.MISSING;

    static final long DAY_MILLIS = BucketClock.DAY_MILLIS;

    /** Levels of one length: its ring of floors, and what {@link Series} remembers of it. */
    static final int ROW = BucketClock.RING + Series.REMEMBERED;

    /** Takes a value in, after the clock was advanced to its time; {@link #MISSING} only lets time pass. */
    void observe(long value) {
        for (int scale = 0; scale < scales(); scale++) {
            for (int i = 0; i < clock.begun(scale); i++) {
                set(scale, KEPT - i, MISSING);
            }
            long open = at(scale, KEPT);
            if (value != MISSING && (open == MISSING || value < open)) {
                set(scale, KEPT, value);
            }
        }
    }

    /** Whether a bucket of this length was completed by the newest sample. */
    boolean completed(int scale) {
        return clock.begun(scale) > 0;
    }

    int scales() {
        return clock.scales();
    }

    /** Length of one bucket, in milliseconds. */
    long length(int scale) {
        return clock.length(scale);
    }

    /** Length of all kept buckets together, in milliseconds. */
    long window(int scale) {
        return clock.window(scale);
    }

    /** The complete buckets' minima, oldest first, with {@link #MISSING} where nothing was seen. */
    long[] floors(int scale) {
        long[] floors = new long[KEPT];
        for (int i = 0; i < KEPT; i++) {
            floors[i] = at(scale, i);
        }
        return floors;
    }

    /** Number of complete buckets that have a value. */
    int present(int scale) {
        int present = 0;
        for (int i = 0; i < KEPT; i++) {
            present += at(scale, i) == MISSING ? 0 : 1;
        }
        return present;
    }

    /** Minimum of the newest complete bucket that has a value, or {@link #MISSING}. */
    long newest(int scale) {
        for (int i = KEPT - 1; i >= 0; i--) {
            long floor = at(scale, i);
            if (floor != MISSING) {
                return floor;
            }
        }
        return MISSING;
    }

    /** When the bucket at this position began, in milliseconds; position {@link #KEPT} is the open one. */
    long beganAt(int scale, int position) {
        return clock.beganAt(scale, position);
    }

    private long at(int scale, int position) {
        return levels.get(scale * ROW + clock.cell(scale, position));
    }

    private void set(int scale, int position, long level) {
        levels.set(scale * ROW + clock.cell(scale, position), level);
    }

    List<Long> checkpoint(int scale) {
        List<Long> floors = new ArrayList<>();
        for (int i = 0; i <= KEPT; i++) {
            floors.add(at(scale, i));
        }
        return floors;
    }

    void restore(int scale, List<Long> floors) {
        for (int i = 0; i <= KEPT; i++) {
            set(scale, i, floors.get(i));
        }
    }
}
