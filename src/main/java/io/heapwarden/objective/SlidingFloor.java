package io.heapwarden.objective;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The growth of a series' floor over a window: the minimum of the newest complete slot less the minimum of the oldest, with a window of
 * {@value #SLOTS} slots. A series younger than the window is compared with its first slot, so that what grows too much in half the time is not
 * waited for.
 */
final class SlidingFloor {

    static final int SLOTS = 12;

    private final long slotMillis;
    private final Deque<Slot> complete = new ArrayDeque<>();
    private Slot open = new Slot(Long.MIN_VALUE, Double.POSITIVE_INFINITY);

    SlidingFloor(Duration window) {
        slotMillis = Math.max(1, window.toMillis() / SLOTS);
    }

    void add(Instant at, double value) {
        long number = Math.floorDiv(at.toEpochMilli(), slotMillis);
        if (number != open.number()) {
            if (open.number() != Long.MIN_VALUE) {
                complete.addLast(open);
            }
            open = new Slot(number, value);
        } else {
            open = new Slot(number, Math.min(open.floor(), value));
        }
        while (!complete.isEmpty() && complete.getFirst().number() < number - SLOTS) {
            complete.removeFirst();
        }
    }

    /** Growth over the window; empty until two slots are complete. */
    OptionalDouble growth() {
        return complete.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        complete.getLast().floor() - complete.getFirst().floor());
    }

    List<Slot> state() {
        List<Slot> state = new java.util.ArrayList<>(complete);
        state.add(open);
        return state;
    }

    void restore(List<Slot> state) {
        complete.clear();
        if (!state.isEmpty()) {
            complete.addAll(state.subList(0, Math.min(SLOTS + 1, state.size() - 1)));
            open = state.getLast();
        }
    }

    /** Minimum of one slot. */
    record Slot(long number, double floor) {}
}
