package io.heapwarden.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The minimum of one series in each bucket of time, at several bucket lengths at once. The lengths are 2, 3, 4, 8, 16, … times the sampling
 * interval, up to the first that is a day or longer, so that the same engine serves one sample a second and one an hour. Of each length the
 * last {@value #KEPT} complete buckets are kept. A sample costs one comparison a length. A bucket without a value is missing, never zero.
 */
final class BucketFloors {

    /** Complete buckets kept of each length: the fewest for which a sign test means something (12 rises by chance: 1 in 170). */
    static final int KEPT = 12;

    static final long MISSING = -1;

    static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MOST_SCALES = 24;

    private final long origin;
    private final long[] lengths;
    private final long[] openIndex;
    private final long[] openFloor;
    private final long[][] closed;

    /**
     * @param firstAt time of the first sample, in milliseconds; it falls in the middle of its slot, so that jitter moves no sample over an edge
     * @param interval time between two samples, in milliseconds
     */
    BucketFloors(long firstAt, long interval) {
        origin = firstAt - interval / 2;
        lengths = lengths(interval);
        openIndex = new long[lengths.length];
        openFloor = new long[lengths.length];
        Arrays.fill(openFloor, MISSING);
        closed = new long[lengths.length][KEPT];
        for (long[] floors : closed) {
            Arrays.fill(floors, MISSING);
        }
    }

    BucketFloors(long firstAt, long interval, List<DetectorCheckpoint.Scale> scales) {
        this(firstAt, interval);
        for (int i = 0; i < lengths.length; i++) {
            DetectorCheckpoint.Scale scale = scales.get(i);
            openIndex[i] = scale.openIndex();
            openFloor[i] = scale.openFloor();
            for (int j = 0; j < KEPT; j++) {
                closed[i][j] = scale.floors().get(j);
            }
        }
    }

    /** Bucket lengths in milliseconds, shortest first. */
    static long[] lengths(long interval) {
        List<Long> found = new ArrayList<>(List.of(2 * interval, 3 * interval));
        long next = 4 * interval;
        while (found.size() < MOST_SCALES) {
            if (next >= DAY_MILLIS) {
                found.add(Math.max(DAY_MILLIS, 4 * interval));
                break;
            }
            found.add(next);
            next *= 2;
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Takes a value in; {@link #MISSING} only lets time pass.
     *
     * @return the lengths of which a bucket was completed, a bit for each
     */
    int observe(long at, long value) {
        int completed = 0;
        for (int i = 0; i < lengths.length; i++) {
            long index = (at - origin) / lengths[i];
            if (index > openIndex[i]) {
                complete(i, index);
                completed |= 1 << i;
            }
            if (value != MISSING && (openFloor[i] == MISSING || value < openFloor[i])) {
                openFloor[i] = value;
            }
        }
        return completed;
    }

    private void complete(int scale, long index) {
        push(closed[scale], openFloor[scale]);
        long skipped = Math.min(index - openIndex[scale] - 1, KEPT);
        for (long i = 0; i < skipped; i++) {
            push(closed[scale], MISSING);
        }
        openIndex[scale] = index;
        openFloor[scale] = MISSING;
    }

    private static void push(long[] floors, long floor) {
        System.arraycopy(floors, 1, floors, 0, KEPT - 1);
        floors[KEPT - 1] = floor;
    }

    int scales() {
        return lengths.length;
    }

    /** Length of one bucket, in milliseconds. */
    long length(int scale) {
        return lengths[scale];
    }

    /** Length of all kept buckets together, in milliseconds. */
    long window(int scale) {
        return KEPT * lengths[scale];
    }

    /** The complete buckets' minima, oldest first, with {@link #MISSING} where nothing was seen. */
    long[] floors(int scale) {
        return closed[scale].clone();
    }

    /** Number of complete buckets that have a value. */
    int present(int scale) {
        int present = 0;
        for (long floor : closed[scale]) {
            if (floor != MISSING) {
                present++;
            }
        }
        return present;
    }

    /** Minimum of the newest complete bucket that has a value, or {@link #MISSING}. */
    long newest(int scale) {
        for (int i = KEPT - 1; i >= 0; i--) {
            if (closed[scale][i] != MISSING) {
                return closed[scale][i];
            }
        }
        return MISSING;
    }

    /** When the bucket at this position began, in milliseconds; position {@link #KEPT} is the open one. */
    long beganAt(int scale, int position) {
        return origin + (openIndex[scale] - KEPT + position) * lengths[scale];
    }

    List<DetectorCheckpoint.Scale> checkpoint() {
        List<DetectorCheckpoint.Scale> scales = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            scales.add(new DetectorCheckpoint.Scale(
                    openIndex[i], openFloor[i], Arrays.stream(closed[i]).boxed().toList()));
        }
        return scales;
    }
}
