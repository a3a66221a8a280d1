package io.heapwarden.telemetry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Says things on pods and policies as Kubernetes Events. The caller neither waits nor hears of failures: what it says
 * is queued and written by one thread, and what came of it is counted in {@code heapwarden_events_total}.
 *
 * <p>The same thing, told by its key, is not said again within ten minutes; after that the count of the Event that is
 * there goes up. About one object at most 25 Events are written at once and one a minute after that. At most 1,000
 * wait; beyond that the oldest is dropped. A call of the API server may take ten seconds.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    /** Not at once: what is said with every sample would hammer an API server that is in trouble already. */
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(5);

    private final EventWriter writer;
    private final OperatorMetrics metrics;
    private final Clock clock;
    private final EventLimits limits;
    private final EventThrottle throttle;
    private final LinkedBlockingDeque<EventNotice> queue;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread drain;
    private volatile boolean closed;

    /**
     * Starts the thread that writes.
     *
     * @param instance name of this operator's pod, which Events carry
     */
    public EventRecorder(KubernetesClient client, String instance, OperatorMetrics metrics, Clock clock) {
        this(client, instance, metrics, clock, EventLimits.DEFAULT);
    }

    EventRecorder(KubernetesClient client, String instance, OperatorMetrics metrics, Clock clock, EventLimits limits) {
        this.writer = new EventWriter(client, instance, limits.timeOut());
        this.metrics = metrics;
        this.clock = clock;
        this.limits = limits;
        this.throttle = new EventThrottle(limits);
        this.queue = new LinkedBlockingDeque<>(limits.queue());
        this.drain = Thread.ofVirtual().name("event-recorder").start(this::drain);
    }

    /**
     * Says something, soon, if it was not said just now. Never throws and never waits.
     *
     * @param key what makes it the same thing when it is said again; the message may differ then
     * @param message cut at 1,024 characters
     */
    public void record(EventSubject subject, EventReason reason, String key, String message) {
        EventNotice notice = new EventNotice(subject, reason, key, message, clock.instant());
        EventResult refused = closed ? EventResult.Dropped : throttle.admit(notice);
        if (refused != null) {
            metrics.eventHandled(refused);
            return;
        }
        while (!queue.offerLast(notice)) {
            EventNotice oldest = queue.pollFirst();
            if (oldest != null) {
                throttle.tryAgain(oldest, Duration.ZERO);
                metrics.eventHandled(EventResult.Dropped);
            }
        }
    }

    /** Writes what is queued, for five seconds at most, and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!drain.join(GRACE_AT_CLOSE)) {
                LOG.warnf("Stopped with %d Events unwritten", queue.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain.interrupt();
        calls.shutdownNow();
    }

    private void drain() {
        try {
            while (!closed || !queue.isEmpty()) {
                EventNotice notice = queue.pollFirst(100, TimeUnit.MILLISECONDS);
                if (notice != null) {
                    write(notice);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bounded from outside too: a client has been seen to hang in spite of its own time-out. */
    private void write(EventNotice notice) throws InterruptedException {
        Future<EventResult> call = calls.submit(() -> writer.write(notice));
        try {
            metrics.eventHandled(call.get(3 * limits.timeOut().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            call.cancel(true);
            failed(notice, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KubernetesClientException answer && EventWriter.namespaceIsGoing(answer)) {
                LOG.debugf("No Event %s on %s: its namespace is going", notice.reason(), notice.subject());
                metrics.eventHandled(EventResult.NamespaceGone);
            } else {
                failed(notice, e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private void failed(EventNotice notice, Throwable cause) {
        LOG.warnf(
                "Could not write the Event %s on %s %s/%s: %s",
                notice.reason(),
                notice.subject().kind(),
                notice.subject().namespace(),
                notice.subject().name(),
                cause);
        throttle.tryAgain(notice, RETRY_AFTER_FAILURE);
        metrics.eventHandled(EventResult.Failed);
    }
}
