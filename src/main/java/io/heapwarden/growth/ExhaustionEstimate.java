package io.heapwarden.growth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a series reaches its limit, as an interval. Two windows, of a quarter to a half of the observed time and the next longer one, give a
 * slope each from the increments of bucket minima, with the t-quantile's error; increments are nearly independent where levels are not, so
 * this stays honest where the limits of least squares are far too narrow. The earliest time uses the steepest bound and the usable share of
 * the limit, the latest the flattest bound and the whole limit.
 */
final class ExhaustionEstimate {

    /** The shorter window covers at least this share of the time observed. */
    static final double SHORT_WINDOW = 0.25;

    /**
     * Near its limit a heap is collected all the time, which slows the program and with it the leak: measured on programs that were let run until they
     * had no memory left, the end came up to a third later than a line says, and by a tenth of the time the growth took.
     */
    static final double LATER = 1.3;

    static final double LATER_BY_AGE = 0.12;

    private static final int LEAST_PRESENT_IN_LONG_WINDOW = 8;

    private ExhaustionEstimate() {}

    /** Null when too little is known or nothing grows. */
    static @Nullable Exhaustion of(Series series, long now, long observed, long limit) {
        BucketFloors floors = series.floors();
        int scale = shortWindow(series, observed);
        if (scale < 0) {
            return null;
        }
        Trend recent = series.trend(scale);
        if (recent == null) {
            return null;
        }
        double steepest = recent.highSlope();
        double flattest = recent.lowSlope();
        if (scale + 1 < floors.scales()) {
            Trend wider = FloorTest.of(
                    floors.floors(scale + 1),
                    floors.length(scale + 1),
                    series.watched().resolution(),
                    LEAST_PRESENT_IN_LONG_WINDOW);
            if (wider != null) {
                steepest = Math.max(steepest, wider.highSlope());
                flattest = Math.min(flattest, wider.lowSlope());
            }
        }
        if (steepest <= 0) {
            return null;
        }
        double level = floors.newest(scale);
        double usable = series.watched().usableShareOfLimit() * limit;
        // The minimum lies anywhere in its bucket: at its beginning for the earliest time, at its end for the latest.
        double earliest = (usable - level) / steepest - (now - floors.beganAt(scale, BucketFloors.KEPT - 1));
        Duration latest = null;
        if (flattest > 0) {
            double millis = (limit - level) / flattest - (now - floors.beganAt(scale, BucketFloors.KEPT));
            if (series.watched().signal() == Signal.HeapAfterGC) {
                millis = LATER * millis + LATER_BY_AGE * (now - series.baseAt());
            }
            latest = duration(Math.max(millis, earliest));
        }
        return new Exhaustion(duration(earliest), latest, series.watched().signal());
    }

    private static int shortWindow(Series series, long observed) {
        BucketFloors floors = series.floors();
        for (int scale = 0; scale < floors.scales(); scale++) {
            if (floors.window(scale) >= SHORT_WINDOW * observed && floors.present(scale) >= FloorTest.LEAST_PRESENT) {
                return scale;
            }
        }
        return -1;
    }

    private static Duration duration(double millis) {
        return Duration.ofMillis(
                (long) Math.clamp(millis, 0, (double) Duration.ofDays(36_500).toMillis()));
    }
}
