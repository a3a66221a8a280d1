package io.heapwarden.jvm;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How fast things happened between two readings of a JVM's counters. What the counters do not say is null. docs/jvm-counters.md says how far each
 * figure can be trusted with which collector.
 *
 * @param elapsed between the readings
 * @param allocation how fast memory was allocated; null with ZGC and Shenandoah, which do not count it, and where collections moved too little
 * @param gcPauseShare share of the time that the application stood still for the collector, 0 to 1; null with Shenandoah
 * @param stoppedShare share of the time that it stood still for any safepoint, 0 to 1, collections of stop-the-world collectors included
 * @param collectionsPerMinute young and full ones; null with Shenandoah
 */
public record CounterRates(
        Duration elapsed,
        @Nullable Allocation allocation,
        @Nullable Double gcPauseShare,
        @Nullable Double stoppedShare,
        @Nullable Double collectionsPerMinute) {

    private static final double NANOS = 1e9;
    private static final double MINUTE_SECONDS = 60;

    /**
     * Counters and when they were read.
     *
     * @param at when
     * @param counters what they said
     */
    public record Reading(Instant at, JvmCounters counters) {}

    /**
     * How fast memory was allocated. Large objects that G1 puts outside of eden are not in it.
     *
     * @param bytesPerSecond the rate
     * @param atLeast no less than this
     * @param atMost no more than this; a collection that did not wait for eden to be full, as of System.gc(), makes the rate itself too high
     */
    public record Allocation(double bytesPerSecond, double atLeast, double atMost) {}

    /**
     * Compares two readings.
     *
     * @return null when they are of different JVMs, or no time lies between them
     */
    public static @Nullable CounterRates between(Reading earlier, Reading later) {
        Duration elapsed = Duration.between(earlier.at, later.at);
        JvmCounters before = earlier.counters;
        JvmCounters after = later.counters;
        boolean same = before.collector() == after.collector()
                && Objects.equals(before.startedAt(), after.startedAt())
                && before.collections().activity() <= after.collections().activity();
        if (!same || elapsed.isNegative() || elapsed.isZero()) {
            return null;
        }
        double seconds = elapsed.toNanos() / NANOS;
        Long young =
                difference(before.collections().young(), after.collections().young());
        Long full = difference(before.collections().full(), after.collections().full());
        Long collections = young == null && full == null ? null : Long.valueOf(orZero(young) + orZero(full));
        return new CounterRates(
                elapsed,
                allocation(before.eden(), after.eden(), collections, seconds),
                share(before.collections().pauseSeconds(), after.collections().pauseSeconds(), seconds),
                share(before.safepoints().seconds(), after.safepoints().seconds(), seconds),
                collections == null ? null : Double.valueOf(collections * MINUTE_SECONDS / seconds));
    }

    /**
     * Eden is filled up once for each collection. Where its use now is known, what is in it counts as well; else up to one eden more or less may
     * have been allocated than counted.
     */
    private static @Nullable Allocation allocation(
            @Nullable Eden before, @Nullable Eden after, @Nullable Long collections, double seconds) {
        if (before == null || after == null) {
            return null;
        }
        long fills = orZero(collections);
        if (fills == 0) {
            return before.live() && after.used() >= before.used()
                    ? exactly((after.used() - before.used()) / seconds)
                    : null;
        }
        double smaller = Math.min(before.capacity(), after.capacity());
        double larger = Math.max(before.capacity(), after.capacity());
        double size = (smaller + larger) / 2;
        if (!before.live()) {
            return new Allocation(
                    fills * size / seconds, (fills - 1) * smaller / seconds, (fills + 1) * larger / seconds);
        }
        double first = Math.max(0, before.capacity() - before.used());
        double bytes = first + (fills - 1) * size + after.used();
        return new Allocation(
                bytes / seconds,
                (first + (fills - 1) * smaller + after.used()) / seconds,
                (Math.max(first, larger - before.used()) + (fills - 1) * larger + after.used()) / seconds);
    }

    private static Allocation exactly(double rate) {
        return new Allocation(rate, rate, rate);
    }

    private static @Nullable Double share(@Nullable Double before, @Nullable Double after, double seconds) {
        // Counters are read one after another, not in one moment, so a share may come out a little above all of the
        // time.
        return before == null || after == null || after < before
                ? null
                : Double.valueOf(Math.min(1, (after - before) / seconds));
    }

    private static @Nullable Long difference(@Nullable Long before, @Nullable Long after) {
        return before == null || after == null || after < before ? null : Long.valueOf(after - before);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
