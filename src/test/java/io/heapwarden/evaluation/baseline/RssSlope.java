package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A least-squares line through resident memory over the whole life rises significantly and reaches the container's limit within a multiple of the age:
 * "linear backward regression" without its change points (Jindal and others, Online Memory Leak Detection in the Cloud-based Infrastructures, arXiv
 * 2101.09799), and what autoscalers and home-made checks do. The limit is the container's; without one, that of the heap.
 *
 * @param errors the slope is at least so many of its standard errors; 2.58 for 1 %
 * @param horizon multiple of the observed time within which the limit is reached
 */
public record RssSlope(double errors, double horizon) implements Baseline {

    static final int LEAST_SAMPLES = 20;

    static final List<RssSlope> SETTINGS = List.of(
            new RssSlope(2.58, 4),
            new RssSlope(2.58, 1),
            new RssSlope(2.58, 10),
            new RssSlope(10, 1),
            new RssSlope(10, 4),
            new RssSlope(30, 1),
            new RssSlope(30, 4));

    @Override
    public String name() {
        return "slope of RSS";
    }

    @Override
    public String setting() {
        return String.format(
                Locale.ROOT,
                "slope ≥ %s standard errors over the whole life, limit within %s× the observed time",
                plain(errors),
                plain(horizon));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    @Override
    public Alarms over(Recording recording) {
        Alarms.Log log = new Alarms.Log();
        Line line = new Line();
        Long container = recording.life().containerLimit();
        Long limit = container != null ? container : recording.life().maxHeap();
        for (Sample sample : recording.samples()) {
            Long resident = resident(sample);
            double now = sample.at().toEpochMilli();
            if (resident != null) {
                line.add(now, resident);
            }
            double observed = now - recording.samples().getFirst().at().toEpochMilli();
            log.note(
                    sample.at(),
                    limit != null
                            && line.size() >= LEAST_SAMPLES
                            && line.slopeInErrors() >= errors
                            && line.at(now + horizon * observed) >= limit);
        }
        return log.close();
    }

    private static @Nullable Long resident(Sample sample) {
        return sample.rss() != null ? sample.rss() : sample.anon();
    }
}
