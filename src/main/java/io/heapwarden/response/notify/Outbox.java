package io.heapwarden.response.notify;

import io.heapwarden.response.notify.LetterQueue.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The outbox of one receiver: a bounded queue and one virtual thread that empties it, so that no receiver waits for another. */
final class Outbox implements Receiver {

    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Transmitter transmitter;
    private final LetterQueue queue;
    private final DeliveryLog log;
    private final Clock clock;
    private final Waiter waiter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread worker;
    private @Nullable Instant stopBy;

    /** Starts the thread that sends. */
    Outbox(String name, Transmitter transmitter, LetterQueue queue, DeliveryLog log, Clock clock, Waiter waiter) {
        this.transmitter = transmitter;
        this.queue = queue;
        this.log = log;
        this.clock = clock;
        this.waiter = waiter;
        this.worker = Thread.ofVirtual().name("notify-" + name).start(this::work);
    }

    @Override
    public OfferResult offer(Notice notice) {
        lock.lock();
        try {
            if (stopBy != null) {
                return OfferResult.Stopped;
            }
            OfferResult result = queue.offer(notice, clock.instant());
            changed.signal();
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ReceiverStatus status() {
        lock.lock();
        try {
            return log.status(queue.size());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(Duration grace) {
        lock.lock();
        try {
            stopBy = clock.instant().plus(grace);
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!worker.join(grace)) {
                worker.interrupt();
                boolean ignored = worker.join(AFTER_INTERRUPT);
            }
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
        transmitter.close();
    }

    private void work() {
        try {
            for (Letter letter = take(); letter != null; letter = take()) {
                settle(letter, send(letter));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                queue.stop();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A fault of ours with one letter must not silence the receiver. */
    private SendResult send(Letter letter) {
        try {
            return transmitter.send(letter);
        } catch (RuntimeException e) {
            return new SendResult.Retry(
                    "it could not be written: " + e.getClass().getSimpleName(), null, false);
        }
    }

    /** The next letter, waited for; null when the outbox is closed and nothing can be sent in time. */
    private @Nullable Letter take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Instant now = clock.instant();
                switch (queue.next(now)) {
                    case Step.Send(Letter letter) -> {
                        return letter;
                    }
                    case Step.WaitUntil(Instant time) -> {
                        if (stopBy != null && time.isAfter(stopBy)) {
                            return null;
                        }
                        waiter.await(changed, Duration.between(now, time));
                    }
                    case Step.Idle() -> {
                        if (stopBy != null) {
                            return null;
                        }
                        waiter.await(changed, LONGEST_WAIT);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Letter letter, SendResult result) {
        lock.lock();
        try {
            queue.settle(letter, result, clock.instant());
        } finally {
            lock.unlock();
        }
    }
}
