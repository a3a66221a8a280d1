package io.heapwarden.growth;

import java.util.Arrays;

/**
 * Instances and bytes of one class at the points of time that are kept of the histograms; {@link #MISSING} where it was not counted. Instances are kept up
 * to 2 billion and bytes, whose objects are aligned, in eighths up to 16 GiB: a class above that is no longer seen to grow.
 */
final class ClassTrack {

    static final long MISSING = -1;

    /** Share of steps that must be rises. */
    static final double LEAST_RISES = 0.8;

    /** Growth over the kept histograms below this share of the newest count is no growth. */
    static final double LEAST_GROWTH = 0.02;

    /** Growth over the kept histograms, as a share of the newest count, of a class that explains a leak. */
    static final double LEAST_EVEN_GROWTH = 0.15;

    /** Mean step in standard errors of a class that others rise along with. */
    static final double LEAST_DRIFT_OF_A_WHOLE = 2.5;

    static final int POINTS_TO_SPEAK_OF_GROWTH = 3;

    /** … and to judge by it where floors cannot. */
    static final int POINTS_TO_JUDGE_ALONE = 6;

    private final String name;
    private final int[] instances = new int[ClassGrowth.POINTS_KEPT];
    private final int[] eighths = new int[ClassGrowth.POINTS_KEPT];

    ClassTrack(String name) {
        this.name = name;
        forget(0);
    }

    ClassTrack(DetectorCheckpoint.ClassState state) {
        this(state.name());
        for (int i = 0; i < state.instances().size(); i++) {
            set(i, state.instances().get(i), state.bytes().get(i));
        }
    }

    void set(int point, long newInstances, long newBytes) {
        instances[point] = (int) Math.min(Integer.MAX_VALUE, newInstances);
        eighths[point] = newBytes == MISSING
                ? (int) MISSING
                : (int) Math.min(Integer.MAX_VALUE, newBytes / ClassBaseline.OBJECT_ALIGNMENT);
    }

    void add(int point, long moreInstances, long moreBytes) {
        set(point, Math.max(0, instancesAt(point)) + moreInstances, Math.max(0, bytesAt(point)) + moreBytes);
    }

    /** Makes one point of two neighbours: what both have seen at least. */
    void merge(int into, int first, int second) {
        set(into, least(instancesAt(first), instancesAt(second)), least(bytesAt(first), bytesAt(second)));
    }

    void move(int from, int to) {
        instances[to] = instances[from];
        eighths[to] = eighths[from];
    }

    void forget(int fromPoint) {
        Arrays.fill(instances, fromPoint, instances.length, (int) MISSING);
        Arrays.fill(eighths, fromPoint, eighths.length, (int) MISSING);
    }

    private static long least(long a, long b) {
        return a == MISSING ? b : b == MISSING ? a : Math.min(a, b);
    }

    private long[] instances() {
        return Arrays.stream(instances).asLongStream().toArray();
    }

    private long[] bytes() {
        long[] bytes = new long[eighths.length];
        Arrays.setAll(bytes, this::bytesAt);
        return bytes;
    }

    String name() {
        return name;
    }

    int points() {
        int points = 0;
        for (int count : instances) {
            points += count == MISSING ? 0 : 1;
        }
        return points;
    }

    long instancesAt(int point) {
        return instances[point];
    }

    long bytesAt(int point) {
        return eighths[point] == MISSING ? MISSING : (long) eighths[point] * ClassBaseline.OBJECT_ALIGNMENT;
    }

    long instancesGained() {
        return gained(instances());
    }

    long bytesGained() {
        return gained(bytes());
    }

    /** Newest value less the oldest. */
    private static long gained(long[] values) {
        int first = nextPresent(values, 0);
        int last = lastPresent(values);
        return first < 0 || first >= last ? 0 : values[last] - values[first];
    }

    /** Whether the count rises from histogram to histogram, as kept objects do; counts have hardly any noise. */
    boolean rises() {
        int points = points();
        return points >= POINTS_TO_SPEAK_OF_GROWTH
                && rising(instances()) >= LEAST_RISES * (points - 1)
                && instancesGained() > LEAST_GROWTH * newest(instances());
    }

    /**
     * Whether it rises at every step, evenly, and by much: what a class does of which nothing is ever let go. A class that also dies young
     * jumps with the filling of the young generation when garbage is counted.
     */
    boolean risesEvenly(long[] times) {
        return rises()
                && rising(instances()) == points() - 1
                && instancesGained() >= LEAST_EVEN_GROWTH * newest(instances())
                && drift(times) >= FloorTest.LEAST_DRIFT;
    }

    /** Whether it rises by much and without going back far: what a class does that others rise along with. */
    boolean risesWell(long[] times) {
        return rises()
                && instancesGained() >= LEAST_EVEN_GROWTH * newest(instances())
                && drift(times) >= LEAST_DRIFT_OF_A_WHOLE;
    }

    /** Whether it may take the place of the floor test: it rises as the floors of a leak do, over enough points, and its second half is not slower. */
    boolean risesSteadily(long[] times) {
        int points = points();
        return points >= POINTS_TO_JUDGE_ALONE
                && risesWell(times)
                && rising(instances()) >= points - 1 - FloorTest.FALLS_ALLOWED
                && secondHalf(times) >= FloorTest.LEAST_SECOND_HALF;
    }

    /** Growth a millisecond in the later half of the points over that in the earlier. */
    private double secondHalf(long[] times) {
        long[] instances = instances();
        int first = nextPresent(instances, 0);
        int last = lastPresent(instances);
        int middle = first;
        while (middle < last
                && (times[middle] - times[first] < times[last] - times[middle] || instances[middle] == MISSING)) {
            middle++;
        }
        double earlier = (double) (instances[middle] - instances[first]) / (times[middle] - times[first]);
        double later = (double) (instances[last] - instances[middle]) / (times[last] - times[middle]);
        return earlier <= 0 ? 0 : later / earlier;
    }

    /** Time of the first point at which it was counted. */
    long since(long[] times) {
        return times[Math.max(0, nextPresent(instances(), 0))];
    }

    /** … and of the last. */
    long until(long[] times) {
        return times[lastPresent(instances())];
    }

    private double drift(long[] times) {
        long[] instances = instances();
        double[] step = new double[instances.length];
        int steps = 0;
        int before = nextPresent(instances, 0);
        for (int i = nextPresent(instances, before + 1); i >= 0; i = nextPresent(instances, i + 1)) {
            step[steps++] = (double) (instances[i] - instances[before]) / (times[i] - times[before]);
            before = i;
        }
        double[] rates = Arrays.copyOf(step, steps);
        double mean = Arrays.stream(rates).average().orElse(0);
        double variance = Arrays.stream(rates).map(s -> (s - mean) * (s - mean)).sum() / Math.max(1, steps - 1);
        return variance == 0 ? Double.MAX_VALUE : mean / Math.sqrt(variance / steps);
    }

    /** Whether the bytes went up on the whole, as those of a carrier do that rising objects bring along. */
    boolean bytesGrow() {
        int points = points();
        return points >= POINTS_TO_SPEAK_OF_GROWTH
                && 2 * rising(bytes()) > points - 1
                && bytesGained() > LEAST_GROWTH * newest(bytes());
    }

    /** Whether it has been watched long enough to say that it does not grow. */
    boolean isFlat() {
        return points() >= POINTS_TO_SPEAK_OF_GROWTH && instancesGained() <= 0 && bytesGained() <= 0;
    }

    /** Median of pairwise slopes of instances, a millisecond. */
    double instanceSlope(long[] times) {
        return slope(instances(), times);
    }

    /** Median of pairwise slopes of bytes, a millisecond. */
    double byteSlope(long[] times) {
        return slope(bytes(), times);
    }

    /** Steps between two kept histograms in which the count rose. */
    int instanceRises() {
        return rising(instances());
    }

    private static int rising(long[] values) {
        int rising = 0;
        int before = nextPresent(values, 0);
        for (int i = nextPresent(values, before + 1); i >= 0; i = nextPresent(values, i + 1)) {
            rising += values[i] > values[before] ? 1 : 0;
            before = i;
        }
        return rising;
    }

    private static double slope(long[] values, long[] times) {
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        int count = 0;
        for (int i = nextPresent(values, 0); i >= 0; i = nextPresent(values, i + 1)) {
            for (int j = nextPresent(values, i + 1); j >= 0; j = nextPresent(values, j + 1)) {
                slopes[count++] = (double) (values[j] - values[i]) / (times[j] - times[i]);
            }
        }
        return count == 0 ? 0 : FloorTest.median(Arrays.copyOf(slopes, count));
    }

    private static int nextPresent(long[] values, int from) {
        for (int i = Math.max(0, from); i < values.length; i++) {
            if (values[i] != MISSING) {
                return i;
            }
        }
        return -1;
    }

    private static long newest(long[] values) {
        return values[lastPresent(values)];
    }

    private static int lastPresent(long[] values) {
        int last = values.length - 1;
        while (last > 0 && values[last] == MISSING) {
            last--;
        }
        return last;
    }

    DetectorCheckpoint.ClassState checkpoint(int points) {
        return new DetectorCheckpoint.ClassState(
                name,
                Arrays.stream(instances(), 0, points).boxed().toList(),
                Arrays.stream(bytes(), 0, points).boxed().toList());
    }
}
