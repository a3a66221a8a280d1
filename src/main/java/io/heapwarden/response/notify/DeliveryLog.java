package io.heapwarden.response.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts and remembers what became of one receiver's notices. The log has when a receiver begins to fail and when it is back, and what was lost, not
 * each attempt. Safe for use by many threads.
 */
final class DeliveryLog {

    private static final Logger LOG = Logger.getLogger(DeliveryLog.class);
    private static final int DEAD_LETTERS = 50;

    private final String name;
    private final ReceiverType type;
    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final Deque<DeadLetter> deadLetters = new ArrayDeque<>();
    private long delivered;
    private long lost;
    private boolean failing;
    private @Nullable Instant lastDelivered;
    private @Nullable String lastError;

    DeliveryLog(String name, ReceiverType type, DeliveryMetrics metrics, Clock clock) {
        this.name = name;
        this.type = type;
        this.metrics = metrics;
        this.clock = clock;
    }

    synchronized void delivered() {
        delivered++;
        lastDelivered = clock.instant();
        if (failing) {
            LOG.infof("Receiver %s accepts notices again", name);
        }
        failing = false;
        metrics.delivered(name);
    }

    synchronized void attemptFailed(String reason) {
        lastError = reason;
        if (!failing) {
            LOG.warnf("Receiver %s fails, and is tried again: %s", name, reason);
        }
        failing = true;
        metrics.attemptFailed(name);
    }

    /** The receiver does not want it. */
    synchronized void refused(Letter letter, String reason) {
        lastError = reason;
        failing = true;
        lost(letter, LossReason.Refused);
    }

    synchronized void lost(Letter letter, LossReason reason) {
        lost++;
        String error = letter.attempts() == 0 && reason != LossReason.Refused ? null : lastError;
        int attempts = reason == LossReason.Refused ? letter.attempts() + 1 : letter.attempts();
        deadLetters.addLast(new DeadLetter(letter.id(), letter.notice(), clock.instant(), attempts, reason, error));
        if (deadLetters.size() > DEAD_LETTERS) {
            deadLetters.removeFirst();
        }
        // One that is held back is summed up where the others went, and a flood of them is no news for the log.
        if (reason == LossReason.RateLimited || reason == LossReason.Overflow) {
            LOG.debugf("Receiver %s does not get %s: %s", name, letter.notice().kind(), reason);
        } else {
            LOG.warnf(
                    "Receiver %s never gets %s of %s (%s, delivery %s): %s",
                    name, letter.notice().kind(), letter.notice().subject().words(), reason, letter.id(), error);
        }
        metrics.lost(name, reason);
    }

    synchronized ReceiverStatus status(int pending) {
        return new ReceiverStatus(
                name,
                type,
                pending,
                delivered,
                lost,
                lastDelivered,
                failing,
                lastError,
                deadLetters.stream().toList());
    }
}
