package io.heapwarden.growth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tests the minima of successive buckets against two nulls at once, stationary noise and a random walk. A leak's floor never comes back;
 * caches, sawtooth, batch jobs and days all return to an earlier floor.
 *
 * <p>The sign test bounds a symmetric random walk (12 of 2048 a window), the drift is the unit-root test that rank tests such as
 * Mann–Kendall lack (Machida, Andrzejak and Matias 2013 found those "highly vulnerable to false positives"), the comparison of the outer
 * thirds refuses what returned, and the comparison of both halves' slopes (Sen 1968: median of pairwise slopes) refuses what fills up.
 */
final class FloorTest {

    /** Differences that need not be rises, of eleven. */
    static final int FALLS_ALLOWED = 1;

    /** Mean step in standard errors. */
    static final double LEAST_DRIFT = 4;

    /** Slope of the second half over that of the first; a line has 1, a cache that fills up tends to 0. */
    static final double LEAST_SECOND_HALF = 0.6;

    /** A step below this share of the level is no rise. */
    static final double LEAST_STEP = 0.0005;

    /** … where there are enough to allow for one. */
    static final int STEPS_TO_ALLOW_A_FALL = 8;

    /** Days that must have a value: the floors of whole days hold no swing and hardly any noise. */
    static final int LEAST_DAYS = 5;

    /** Buckets that must have a value. */
    static final int LEAST_PRESENT = 10;

    /** One-sided 95 % quantiles of Student's t for 1, 2, … degrees of freedom. */
    private static final double[] STUDENT_95 = {
        6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796
    };

    private FloorTest() {}

    /**
     * Tests one bucket length.
     *
     * @param floors minima of successive buckets, oldest first; {@link BucketFloors#MISSING} where nothing was seen
     * @param length length of a bucket, in milliseconds
     * @param resolution smallest step that is a rise
     * @param leastPresent buckets that must have a value, at least 4
     * @return null when too few buckets have a value
     */
    static @Nullable Trend of(long[] floors, long length, long resolution, int leastPresent) {
        int[] positions = new int[floors.length];
        int present = 0;
        for (int i = 0; i < floors.length; i++) {
            if (floors[i] != BucketFloors.MISSING) {
                positions[present++] = i;
            }
        }
        if (present < Math.max(leastPresent, 4)) {
            return null;
        }
        int steps = present - 1;
        double[] step = new double[steps];
        int rises = 0;
        for (int i = 0; i < steps; i++) {
            long from = floors[positions[i]];
            long rise = floors[positions[i + 1]] - from;
            step[i] = (double) rise / (positions[i + 1] - positions[i]);
            if (rise >= resolution && rise > LEAST_STEP * from) {
                rises++;
            }
        }
        double mean = Arrays.stream(step).average().orElse(0);
        double variance = Arrays.stream(step).map(s -> (s - mean) * (s - mean)).sum() / (steps - 1);
        double error = Math.sqrt(variance / steps);
        return new Trend(
                steps,
                rises,
                driftOf(mean, error),
                lowest(floors, positions, present - present / 3, present) > highest(floors, positions, 0, present / 3),
                secondHalf(floors, positions, present),
                mean / length,
                STUDENT_95[steps - 2] * error / length);
    }

    /** Slope of the second half over that of the first; 0 when the second half does not rise. */
    private static double secondHalf(long[] floors, int[] positions, int present) {
        int half = present / 2;
        double second = senSlope(floors, positions, present - half, present);
        if (second <= 0) {
            return 0;
        }
        double first = senSlope(floors, positions, 0, half);
        return first <= 0 ? Double.MAX_VALUE : second / first;
    }

    private static double driftOf(double mean, double error) {
        if (error > 0) {
            return mean / error;
        }
        return mean > 0 ? Double.MAX_VALUE : 0;
    }

    private static double senSlope(long[] floors, int[] positions, int from, int to) {
        int points = to - from;
        double[] slopes = new double[points * (points - 1) / 2];
        int count = 0;
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                slopes[count++] =
                        (double) (floors[positions[j]] - floors[positions[i]]) / (positions[j] - positions[i]);
            }
        }
        return median(slopes);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static long lowest(long[] floors, int[] positions, int from, int to) {
        long lowest = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            lowest = Math.min(lowest, floors[positions[i]]);
        }
        return lowest;
    }

    private static long highest(long[] floors, int[] positions, int from, int to) {
        long highest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, floors[positions[i]]);
        }
        return highest;
    }
}
