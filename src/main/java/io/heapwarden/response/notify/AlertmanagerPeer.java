package io.heapwarden.response.notify;

import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Refused;
import io.heapwarden.response.notify.SendResult.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one Alertmanager told, on a virtual thread of its own: all that stands, each interval and soon after a change. Nothing is queued. What could
 * not be sent is sent as it stands then, so an Alertmanager that was away knows all with the first message that reaches it.
 */
final class AlertmanagerPeer {

    /** What changes within a second goes together, and an Alertmanager is never sent to more often. */
    private static final Duration AT_LEAST_APART = Duration.ofSeconds(1);

    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
    private static final String PATH = "/api/v2/alerts";
    private static final int BATCH = 64;

    private final Endpoint endpoint;
    private final Credentials credentials;
    private final HttpPost http;
    private final ActiveAlerts alerts;
    private final DeliveryLog log;
    private final Duration interval;
    private final BackOff backOff;
    private final Clock clock;
    private final Waiter waiter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean changed;
    private int failuresInARow;
    private Instant notBefore = Instant.MIN;
    private Instant dueAt = Instant.MIN;
    private @Nullable Instant stopBy;
    private final Thread worker;

    /** Starts the thread that sends. */
    AlertmanagerPeer(
            Endpoint base,
            Credentials credentials,
            HttpPost http,
            ActiveAlerts alerts,
            DeliveryLog log,
            Duration interval,
            BackOff backOff,
            Clock clock,
            Waiter waiter) {
        this.endpoint = base.below(PATH);
        this.credentials = credentials;
        this.http = http;
        this.alerts = alerts;
        this.log = log;
        this.interval = interval;
        this.backOff = backOff;
        this.clock = clock;
        this.waiter = waiter;
        this.worker = Thread.ofVirtual().name("notify-alertmanager").start(this::work);
    }

    /** Something changed: send soon. */
    void wake() {
        lock.lock();
        try {
            changed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what changed, if that can be done by then, and stops. What still stands is left to whoever judges next. */
    void stop(Instant by) {
        lock.lock();
        try {
            stopBy = by;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for it to have stopped, and makes it stop when the time is over. */
    void join(Duration atMost) throws InterruptedException {
        if (!worker.join(atMost)) {
            worker.interrupt();
            boolean ignored = worker.join(AFTER_INTERRUPT);
        }
    }

    private void work() {
        try {
            while (awaitTurn()) {
                List<Alert> all = alerts.toSend(clock.instant());
                SendResult result = send(all);
                settle(result, all.isEmpty());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is something to send; false when there is nothing to be sent any more. */
    private boolean awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Instant now = clock.instant();
                Instant turn = changed ? notBefore : later(dueAt, notBefore);
                if (stopBy != null && (!changed || turn.isAfter(stopBy))) {
                    return false;
                }
                if (!turn.isAfter(now)) {
                    changed = false;
                    return true;
                }
                waiter.await(woken, Duration.between(now, turn));
            }
        } finally {
            lock.unlock();
        }
    }

    private SendResult send(List<Alert> all) {
        SendResult worst = new Delivered();
        for (int from = 0; from < all.size(); from += BATCH) {
            byte[] body = Alert.json(all.subList(from, Math.min(from + BATCH, all.size())));
            SendResult result = http.post(endpoint, credentials, Map.of(), body);
            switch (result) {
                case Delivered delivered -> log.delivered();
                // One alert that is not wanted must not keep the others back.
                case Refused(String reason) -> {
                    log.attemptFailed(reason);
                    worst = result;
                }
                case Retry(String reason, Duration after, boolean down) -> {
                    log.attemptFailed(reason);
                    return result;
                }
            }
        }
        return worst;
    }

    private void settle(SendResult result, boolean nothingSent) {
        lock.lock();
        try {
            Instant now = clock.instant();
            dueAt = now.plus(interval);
            notBefore = nothingSent ? now : now.plus(AT_LEAST_APART);
            if (result instanceof Retry retry) {
                // What changed was not told, so it is tried again before the interval is over.
                changed = true;
                Duration asked = retry.after() == null ? Duration.ZERO : retry.after();
                notBefore = later(notBefore, now.plus(later(asked, backOff.after(++failuresInARow))));
            } else {
                failuresInARow = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private static <T extends Comparable<T>> T later(T one, T other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
