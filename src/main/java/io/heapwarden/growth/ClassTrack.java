package io.heapwarden.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Instances and bytes of one class in the newest histograms. */
final class ClassTrack {

    /** Share of steps that must be rises. */
    static final double LEAST_RISES = 0.8;

    /** Growth over the kept histograms below this share of the newest count is no growth. */
    static final double LEAST_GROWTH = 0.02;

    /** Growth over the kept histograms, as a share of the newest count, of a class that explains a leak. */
    static final double LEAST_EVEN_GROWTH = 0.15;

    static final int POINTS_TO_SPEAK_OF_GROWTH = 3;

    private final String name;
    private final List<Long> instances;
    private final List<Long> bytes;

    ClassTrack(String name) {
        this(name, List.of(), List.of());
    }

    ClassTrack(String name, List<Long> instances, List<Long> bytes) {
        this.name = name;
        this.instances = new ArrayList<>(instances);
        this.bytes = new ArrayList<>(bytes);
    }

    void add(long newInstances, long newBytes) {
        instances.add(newInstances);
        bytes.add(newBytes);
        if (instances.size() > ClassGrowth.HISTOGRAMS_KEPT) {
            instances.removeFirst();
            bytes.removeFirst();
        }
    }

    String name() {
        return name;
    }

    int points() {
        return instances.size();
    }

    /** Whether the count rises from histogram to histogram, as kept objects do; counts have hardly any noise. */
    boolean rises() {
        return points() >= POINTS_TO_SPEAK_OF_GROWTH
                && rising(instances) >= LEAST_RISES * (points() - 1)
                && instances.getLast() - instances.getFirst() > LEAST_GROWTH * instances.getLast();
    }

    /**
     * Whether it rises at every step, evenly, and by much: what a class does of which nothing is ever let go. A class that also dies young
     * jumps with the filling of the young generation when garbage is counted.
     */
    boolean risesEvenly(List<Long> times) {
        return rises()
                && rising(instances) == points() - 1
                && instances.getLast() - instances.getFirst() >= LEAST_EVEN_GROWTH * instances.getLast()
                && drift(times) >= FloorTest.LEAST_DRIFT;
    }

    private double drift(List<Long> times) {
        int steps = points() - 1;
        int offset = times.size() - points();
        double[] step = new double[steps];
        for (int i = 0; i < steps; i++) {
            step[i] = (double) (instances.get(i + 1) - instances.get(i))
                    / (times.get(offset + i + 1) - times.get(offset + i));
        }
        double mean = Arrays.stream(step).average().orElse(0);
        double variance = Arrays.stream(step).map(s -> (s - mean) * (s - mean)).sum() / Math.max(1, steps - 1);
        return variance == 0 ? Double.MAX_VALUE : mean / Math.sqrt(variance / steps);
    }

    /** Whether the bytes went up on the whole, as those of a carrier do that rising objects bring along. */
    boolean bytesGrow() {
        return points() >= POINTS_TO_SPEAK_OF_GROWTH
                && 2 * rising(bytes) > points() - 1
                && bytes.getLast() - bytes.getFirst() > LEAST_GROWTH * bytes.getLast();
    }

    /** Whether it has been watched long enough to say that it does not grow. */
    boolean isFlat() {
        return points() >= POINTS_TO_SPEAK_OF_GROWTH
                && instances.getLast() <= instances.getFirst()
                && bytes.getLast() <= bytes.getFirst();
    }

    /** Median of pairwise slopes of instances, a millisecond. */
    double instanceSlope(List<Long> times) {
        return slope(instances, times);
    }

    /** Median of pairwise slopes of bytes, a millisecond. */
    double byteSlope(List<Long> times) {
        return slope(bytes, times);
    }

    private static int rising(List<Long> values) {
        int rising = 0;
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) > values.get(i - 1)) {
                rising++;
            }
        }
        return rising;
    }

    private static double slope(List<Long> values, List<Long> times) {
        int points = values.size();
        int offset = times.size() - points;
        double[] slopes = new double[points * (points - 1) / 2];
        int count = 0;
        for (int i = 0; i < points; i++) {
            for (int j = i + 1; j < points; j++) {
                slopes[count++] =
                        (double) (values.get(j) - values.get(i)) / (times.get(offset + j) - times.get(offset + i));
            }
        }
        return slopes.length == 0 ? 0 : FloorTest.median(slopes);
    }

    DetectorCheckpoint.ClassState checkpoint() {
        return new DetectorCheckpoint.ClassState(name, instances, bytes);
    }
}
