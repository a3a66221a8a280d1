package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import java.time.Duration;

/**
 * How long a class histogram stops the application, at most. Measured on two slow cores with 35 bytes an object, which is small: real heaps
 * take less. The walk costs some 12 ns an object, and 100 ns and more where each object has to be marked on the way (ZGC, Shenandoah); leaving
 * unreachable objects out costs a full collection on top. docs/probing.md has the measurements.
 */
final class PausePrediction {

    private static final double GIBIBYTE = 1L << 30;

    private PausePrediction() {}

    /**
     * @param heap bytes of heap to walk, garbage included
     * @param live whether a full collection comes first
     */
    static Duration of(Collector collector, long heap, boolean live) {
        double seconds = base(live) + perGibibyte(collector, live) * heap / GIBIBYTE;
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** An application of 4,400 classes: 25 to 44 ms, and 46 to 119 ms with a collection. */
    private static double base(boolean live) {
        return live ? 0.12 : 0.045;
    }

    private static double perGibibyte(Collector collector, boolean live) {
        return switch (collector) {
            case G1, Parallel, Serial, CMS, Epsilon -> live ? 2.5 : 0.5;
            case ZGC, Shenandoah, Unknown -> live ? 5 : 4;
        };
    }
}
