package io.heapwarden.operator;

import io.heapwarden.probe.ApiServerSigns;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many containers are asked at once: fewer while the API server is slow, none while it asks for a pause. The bound is halved at signs of load and grows back by one for
 * each round of quick answers, as TCP does (Jacobson, Congestion Avoidance and Control, 1988). Safe for use by many threads.
 */
final class AdaptiveLimit implements ApiServerSigns {

    /** An answer that took longer is a sign of load; a usual one takes a tenth of a second. */
    static final Duration SLOW = Duration.ofSeconds(2);

    /** Answers that were under way together tell of the same load: the bound is halved once in this time. */
    static final Duration BETWEEN_CUTS = Duration.ofSeconds(5);

    /** The longest pause the API server is granted; it says one second as a rule. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int most;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private double allowed;
    private int running;
    private long pausedUntil;
    private long lastCut;

    AdaptiveLimit(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.allowed = most;
        this.pausedUntil = nanos.getAsLong();
        this.lastCut = pausedUntil - BETWEEN_CUTS.toNanos();
    }

    /** Waits for a place. */
    void acquire() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long pause = pausedUntil - nanos.getAsLong();
                if (pause > 0) {
                    changed.await(pause, TimeUnit.NANOSECONDS);
                } else if (running >= allowed()) {
                    changed.await();
                } else {
                    running++;
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many may be asked at once now. */
    int allowed() {
        lock.lock();
        try {
            return Math.max(1, (int) allowed);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void answered(Duration took) {
        lock.lock();
        try {
            if (took.compareTo(SLOW) > 0) {
                cut();
            } else {
                allowed = Math.min(most, allowed + 1 / allowed);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void busy(Duration retryAfter) {
        Duration pause = retryAfter.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : retryAfter;
        lock.lock();
        try {
            pausedUntil = Math.max(pausedUntil, nanos.getAsLong() + pause.toNanos());
            cut();
        } finally {
            lock.unlock();
        }
    }

    private void cut() {
        long now = nanos.getAsLong();
        if (now - lastCut >= BETWEEN_CUTS.toNanos()) {
            lastCut = now;
            allowed = Math.max(1, allowed / 2);
        }
    }
}
