package io.heapwarden.response.notify;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/** Waits for something to change. A test waits by moving its clock. */
@FunctionalInterface
interface Waiter {

    /** Waits on the JDK's own clock. */
    Waiter REAL = Waiter::onTheClock;

    /** Returns when the condition is signalled or the time is over, or earlier: the caller looks again. Its lock is held. */
    void await(Condition changed, Duration atMost) throws InterruptedException;

    /** Callers loop, since they look for what to do next after each return. */
    @SuppressWarnings("WaitNotInLoop")
    private static void onTheClock(Condition changed, Duration atMost) throws InterruptedException {
        long ignored = changed.awaitNanos(atMost.toNanos());
    }
}
