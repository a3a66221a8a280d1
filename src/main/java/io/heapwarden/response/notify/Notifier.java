package io.heapwarden.response.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the receivers of an installation. Whoever tells neither waits nor hears of failures; what came of it is in {@link #status()} and goes to
 * {@link DeliveryMetrics}. May be told the same with every judgement, and for alerts has to be: what stands is repeated only while it is told
 * (docs/notifications.md). Safe for use by many threads.
 */
public final class Notifier implements AutoCloseable {

    private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(5);

    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private final Clock clock;

    /**
     * Starts a thread for each receiver, and for each URL of an Alertmanager.
     *
     * @throws IllegalArgumentException with all that is wrong with the settings, a sentence each
     */
    public Notifier(NotifySettings settings, DeliveryMetrics metrics, Clock clock) {
        this(settings, new ReceiverFactory(metrics, clock, Waiter.REAL), clock);
    }

    Notifier(NotifySettings settings, ReceiverFactory factory, Clock clock) {
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        this.clock = clock;
        settings.receivers()
                .forEach(receiver -> receivers.put(String.valueOf(receiver.name()), factory.start(receiver)));
    }

    /** The names that a policy may use. */
    public Set<String> names() {
        return Set.copyOf(receivers.keySet());
    }

    /** Tells one receiver. Returns at once. */
    public OfferResult tell(String receiver, Notice notice) {
        Receiver named = receivers.get(receiver);
        return named == null ? OfferResult.UnknownReceiver : named.offer(notice);
    }

    /** How each receiver fares, in the order of the settings. */
    public List<ReceiverStatus> status() {
        return receivers.values().stream().map(Receiver::status).toList();
    }

    /** Sends what waits, for five seconds at most for all together, and stops. */
    @Override
    public void close() {
        close(GRACE_AT_CLOSE);
    }

    /** Sends what waits, for at most so long for all together, and stops; what could not be sent is counted as lost. */
    public void close(Duration grace) {
        List<Thread> closing = receivers.values().stream()
                .map(receiver -> Thread.ofVirtual().name("notify-close").start(() -> receiver.close(grace)))
                .toList();
        Instant by = clock.instant().plus(grace).plusSeconds(2);
        try {
            for (Thread thread : closing) {
                Duration left = Duration.between(clock.instant(), by);
                if (left.isNegative() || !thread.join(left)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
