package io.heapwarden.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Good, bad and missing time over a sliding span, in a fixed number of slots. What slides out is forgotten slot by slot, so a sum is exact to
 * one slot's length.
 */
final class TimeTally {

    private final long slotMillis;
    private final long[] good;
    private final long[] bad;
    private final long[] missing;
    private long newest = Long.MIN_VALUE;

    TimeTally(Duration span, int slots) {
        slotMillis = Math.max(1, span.toMillis() / slots);
        good = new long[slots];
        bad = new long[slots];
        missing = new long[slots];
    }

    void addGood(Instant until, long millis) {
        add(good, until, millis);
    }

    void addBad(Instant until, long millis) {
        add(bad, until, millis);
    }

    void addMissing(Instant until, long millis) {
        add(missing, until, millis);
    }

    /** Sums as they stand at a moment. */
    Spent spent(Instant now) {
        slideTo(Math.floorDiv(now.toEpochMilli(), slotMillis));
        return new Spent(sum(good), sum(bad), sum(missing));
    }

    List<Long> state() {
        List<Long> state = new ArrayList<>(1 + 3 * good.length);
        state.add(newest);
        for (int i = 0; i < good.length; i++) {
            state.add(good[i]);
            state.add(bad[i]);
            state.add(missing[i]);
        }
        return state;
    }

    /** Adds a state of the same shape, slot by slot; leaves everything as it is when the shape differs, nothing was spent, or its time is no time. */
    void add(List<Long> state) {
        if (state.size() != 1 + 3 * good.length || state.get(0) < 0 || state.get(0) > Long.MAX_VALUE / 2 / slotMillis) {
            return;
        }
        long last = state.get(0);
        slideTo(last);
        for (long slot = Math.max(last - good.length + 1, newest - good.length + 1); slot <= last; slot++) {
            int index = (int) Math.floorMod(slot, (long) good.length);
            good[index] += state.get(1 + 3 * index);
            bad[index] += state.get(2 + 3 * index);
            missing[index] += state.get(3 + 3 * index);
        }
    }

    /** Spreads a stretch of time over the slots it covers, so that one longer than the span never counts for more than the span. */
    private void add(long[] kind, Instant until, long millis) {
        long end = until.toEpochMilli();
        long begin = end - millis;
        long last = Math.floorDiv(end, slotMillis);
        slideTo(last);
        for (long slot = Math.max(Math.floorDiv(begin, slotMillis), newest - kind.length + 1); slot <= last; slot++) {
            long from = Math.max(begin, slot * slotMillis);
            long to = Math.min(end, (slot + 1) * slotMillis);
            kind[(int) Math.floorMod(slot, (long) kind.length)] += to - from;
        }
    }

    private void slideTo(long slot) {
        if (newest == Long.MIN_VALUE) {
            newest = slot;
        }
        for (long i = Math.max(newest + 1, slot - good.length + 1); i <= slot; i++) {
            int index = (int) Math.floorMod(i, (long) good.length);
            good[index] = 0;
            bad[index] = 0;
            missing[index] = 0;
        }
        newest = Math.max(newest, slot);
    }

    private static long sum(long[] kind) {
        long sum = 0;
        for (long millis : kind) {
            sum += millis;
        }
        return sum;
    }

    /** Time in milliseconds. */
    record Spent(long good, long bad, long missing) {
        Spent plus(Spent other) {
            return new Spent(good + other.good, bad + other.bad, missing + other.missing);
        }
    }
}
