package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;
import org.jspecify.annotations.Nullable;

/**
 * Share of time that goes into collections, as a moving average that forgets over {@value #INTERVALS} sampling intervals. Time between two samples
 * is weighed by its length, so that gaps and uneven samples do no harm; counters that go back begin anew.
 */
final class GcLoad {

    static final int INTERVALS = 30;

    private static final double SECOND_MILLIS = 1000;
    private static final long NONE = -1;

    private final double memoryMillis;
    private long lastAt = NONE;
    private double lastSeconds;
    private double share;
    private long lastCount;
    private double rate;
    private double known;

    GcLoad(long interval) {
        memoryMillis = (double) INTERVALS * interval;
    }

    GcLoad(long interval, DetectorCheckpoint.GcLoadState state) {
        this(interval);
        lastAt = state.lastAt();
        lastSeconds = state.lastSeconds();
        share = state.share();
        lastCount = state.lastCount();
        rate = state.rate();
        known = state.known();
    }

    void observe(long at, @Nullable GcCount gc) {
        if (gc == null) {
            return;
        }
        long count = gc.young() + gc.full();
        if (lastAt != NONE && at > lastAt && gc.seconds() >= lastSeconds) {
            double elapsed = at - lastAt;
            double now = (gc.seconds() - lastSeconds) * SECOND_MILLIS / elapsed;
            double weight = 1 - Math.exp(-elapsed / memoryMillis);
            share += weight * (now - share);
            rate += weight * (Math.max(0, count - lastCount) * SECOND_MILLIS / elapsed - rate);
            known += weight * (1 - known);
        }
        lastAt = at;
        lastSeconds = gc.seconds();
        lastCount = count;
    }

    /** Share of time, 0 to 1 and above 1 where collectors run beside the application on several cores; 0 until half of the memory is filled. */
    double share() {
        return known < 0.5 ? 0 : share / known;
    }

    /** Collections a second; 0 until half of the memory is filled. */
    double collectionsPerSecond() {
        return known < 0.5 ? 0 : rate / known;
    }

    DetectorCheckpoint.GcLoadState checkpoint() {
        return new DetectorCheckpoint.GcLoadState(lastAt, lastSeconds, lastCount, share, rate, known);
    }
}
