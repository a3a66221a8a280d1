package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import java.util.List;
import java.util.Locale;

/**
 * Heap in use at or above a share of the maximum for so many samples in a row. The rule of most alerting templates, for example {@code JvmMemoryFillingUp} of
 * Awesome Prometheus Alerts: used / max above 80 % for two minutes.
 *
 * @param share of the maximum heap, 0 to 1
 * @param samples in a row
 */
public record UsedHeapThreshold(double share, int samples) implements Baseline {

    static final List<UsedHeapThreshold> SETTINGS = List.of(
            new UsedHeapThreshold(0.85, 5),
            new UsedHeapThreshold(0.75, 5),
            new UsedHeapThreshold(0.80, 2),
            new UsedHeapThreshold(0.80, 10),
            new UsedHeapThreshold(0.90, 5),
            new UsedHeapThreshold(0.90, 10),
            new UsedHeapThreshold(0.95, 3));

    @Override
    public String name() {
        return "threshold on used heap";
    }

    @Override
    public String setting() {
        return String.format(Locale.ROOT, "≥ %.0f %% of max heap in %d samples in a row", 100 * share, samples);
    }

    @Override
    public Alarms over(Recording recording) {
        Alarms.Log log = new Alarms.Log();
        Long max = recording.life().maxHeap();
        int inARow = 0;
        for (Sample sample : recording.samples()) {
            Long used = sample.heapUsed();
            if (max != null && used != null) {
                inARow = used >= share * max ? inARow + 1 : 0;
            }
            log.note(sample.at(), inARow >= samples);
        }
        return log.close();
    }
}
