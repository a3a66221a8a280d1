package io.heapwarden.response.notify;

import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Waits by moving a clock, so often; then, and where there is nothing to do, until it is signalled. */
final class SteppingWaiter implements Waiter {

    private static final Duration IDLE = Duration.ofHours(1);

    private final MovableClock clock;
    private final int steps;
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    SteppingWaiter(MovableClock clock, int steps) {
        this.clock = clock;
        this.steps = steps;
    }

    /** The waits that were made so far. */
    List<Duration> waits() {
        return waits;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop")
    public void await(Condition changed, Duration atMost) throws InterruptedException {
        if (atMost.compareTo(IDLE) >= 0 || waits.size() >= steps) {
            boolean ignored = changed.await(1, TimeUnit.SECONDS);
            return;
        }
        waits.add(atMost);
        clock.move(atMost);
    }
}
