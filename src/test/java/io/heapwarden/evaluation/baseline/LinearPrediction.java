package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus calls {@code predict_linear(heap_after_gc[window], horizon) > limit}, for so many samples in a row (prometheus.io, Query functions): a
 * least-squares line through heap after collections. Window and horizon are multiples of the time observed, so that the rule works at any sampling
 * interval; where there is no value after collections it takes heap in use.
 *
 * @param window share of the observed time that the line covers, 0 to 1
 * @param horizon multiple of the observed time within which the limit is reached
 * @param samples in a row
 */
public record LinearPrediction(double window, double horizon, int samples) implements Baseline {

    private static final int LEAST_POINTS = 10;

    static final List<LinearPrediction> SETTINGS = List.of(
            new LinearPrediction(1, 4, 5),
            new LinearPrediction(1, 1, 5),
            new LinearPrediction(0.5, 4, 5),
            new LinearPrediction(0.5, 1, 5),
            new LinearPrediction(0.5, 1, 20),
            new LinearPrediction(0.25, 1, 5),
            new LinearPrediction(1, 1, 20),
            new LinearPrediction(1, 0.5, 20));

    @Override
    public String name() {
        return "linear prediction of heap after GC";
    }

    @Override
    public String setting() {
        return String.format(
                Locale.ROOT,
                "line through the last %.0f %% of the observed time reaches max heap within %s× that time, %d samples in a row",
                100 * window,
                horizon == Math.rint(horizon) ? String.valueOf((long) horizon) : String.valueOf(horizon),
                samples);
    }

    @Override
    public Alarms over(Recording recording) {
        Alarms.Log log = new Alarms.Log();
        Line line = new Line();
        Long limit = recording.life().maxHeap();
        boolean afterGc = HeapSeries.hasAfterGc(recording);
        int inARow = 0;
        for (Sample sample : recording.samples()) {
            Long heap = HeapSeries.value(sample, afterGc);
            double now = sample.at().toEpochMilli();
            if (heap != null) {
                line.add(now, heap);
            }
            double observed = now - recording.samples().getFirst().at().toEpochMilli();
            line.forgetBefore(now - window * observed);
            inARow = reaches(line, now + horizon * observed, limit) ? inARow + 1 : 0;
            log.note(sample.at(), inARow >= samples);
        }
        return log.close();
    }

    private static boolean reaches(Line line, double at, @Nullable Long limit) {
        return limit != null && line.size() >= LEAST_POINTS && line.slope() > 0 && line.at(at) >= limit;
    }
}
