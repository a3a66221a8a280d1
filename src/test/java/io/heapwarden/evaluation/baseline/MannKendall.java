package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rank test for a trend on heap in use over the whole life (Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods, 1975), with Sen's slope (JASA 63,
 * 1968) for how much: the usual test of the literature on software aging (Garg and others, ISSRE 1998). It is looked at each time the life is 5 % longer, on at
 * most 200 evenly chosen points, and keeps its answer in between.
 *
 * @param z the statistic is at least this; 2.33 for 1 % on one side
 * @param leastGrowth share of the maximum heap that Sen's slope has grown over the observed time, 0 to 1
 */
public record MannKendall(double z, double leastGrowth) implements Baseline {

    static final int LEAST_SAMPLES = 20;
    private static final int MOST_POINTS = 200;
    private static final double LONGER = 1.05;

    static final List<MannKendall> SETTINGS = List.of(
            new MannKendall(2.33, 0),
            new MannKendall(2.33, 0.1),
            new MannKendall(2.33, 0.2),
            new MannKendall(5, 0),
            new MannKendall(5, 0.1),
            new MannKendall(5, 0.2),
            new MannKendall(8, 0.2));

    @Override
    public String name() {
        return "Mann–Kendall on used heap";
    }

    @Override
    public String setting() {
        String growth = leastGrowth == 0
                ? "Sen's slope positive"
                : String.format(Locale.ROOT, "Sen's slope × time ≥ %.0f %% of max heap", 100 * leastGrowth);
        return String.format(Locale.ROOT, "z ≥ %s, %s", z, growth);
    }

    @Override
    public Alarms over(Recording recording) {
        Alarms.Log log = new Alarms.Log();
        List<Sample> samples = recording.samples();
        double[] at = new double[samples.size()];
        double[] used = new double[samples.size()];
        Long max = recording.life().maxHeap();
        double least = max == null ? 0 : leastGrowth * max;
        int size = 0;
        int next = LEAST_SAMPLES;
        boolean rises = false;
        for (Sample sample : samples) {
            if (sample.heapUsed() != null) {
                at[size] = sample.at().toEpochMilli();
                used[size] = sample.heapUsed();
                size++;
                if (size >= next) {
                    next = (int) Math.ceil(size * LONGER);
                    rises = rises(thinned(at, size), thinned(used, size), least);
                }
            }
            log.note(sample.at(), rises);
        }
        return log.close();
    }

    private boolean rises(double[] at, double[] values, double least) {
        if (statistic(values) < z) {
            return false;
        }
        double grown = senSlope(at, values) * (at[at.length - 1] - at[0]);
        return grown > 0 && grown >= least;
    }

    /** Mann and Kendall's S in its own standard deviations, with the correction for ties and for continuity. */
    static double statistic(double[] values) {
        int n = values.length;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s += (long) Math.signum(values[j] - values[i]);
            }
        }
        double variance = (n * (n - 1.0) * (2.0 * n + 5) - ties(values)) / 18;
        return variance <= 0 ? 0 : (s - Long.signum(s)) / Math.sqrt(variance);
    }

    private static double ties(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                sum += run * (run - 1.0) * (2.0 * run + 5);
                run = 1;
            }
        }
        return sum;
    }

    /** Median of the slopes of all pairs. */
    static double senSlope(double[] at, double[] values) {
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                if (at[j] > at[i]) {
                    slopes[count++] = (values[j] - values[i]) / (at[j] - at[i]);
                }
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(slopes, 0, count);
        return count % 2 == 1 ? slopes[count / 2] : (slopes[count / 2 - 1] + slopes[count / 2]) / 2;
    }

    private static double[] thinned(double[] values, int size) {
        int points = Math.min(size, MOST_POINTS);
        double[] chosen = new double[points];
        for (int i = 0; i < points; i++) {
            chosen[i] = values[(int) ((long) i * (size - 1) / Math.max(1, points - 1))];
        }
        return chosen;
    }
}
