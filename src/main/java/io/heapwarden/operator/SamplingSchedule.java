package io.heapwarden.operator;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs each pod's sampling at its interval, never twice at once for one pod, and never more at once than the bounds, of all and of one node. Who
 * waits longest goes first, and a pod stands in the queue at most once, so that a slow one delays nobody but itself, and a slow node its own pods. A run that
 * exceeds the hard time-out loses its place; its pod is not asked again until that run has really ended.
 */
@ApplicationScoped
public class SamplingSchedule {

    private static final Logger LOG = Logger.getLogger(SamplingSchedule.class);

    /** A turn comes up to this share of its interval late, so that it does not always meet what runs by the clock, such as a minutely job. */
    private static final double JITTER = 0.1;

    /** A pod whose node has its share of turns waits this long for its next try. */
    private static final Duration NODE_WAIT = Duration.ofMillis(100);

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final DelayQueue<Turn> due = new DelayQueue<>();
    private final AdaptiveLimit places;
    private final int maxPerNode;
    private final Map<String, Integer> byNode = new ConcurrentHashMap<>();
    private final Duration hardTimeout;
    private final LongSupplier nanos;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("sampling-watchdog").factory());
    private volatile @Nullable Thread dispatcher;

    @Inject
    SamplingSchedule(OperatorSettings settings, AdaptiveLimit places) {
        this(
                places,
                settings.sampling().maxConcurrentPerNode(),
                settings.sampling().hardTimeout(),
                System::nanoTime);
    }

    SamplingSchedule(AdaptiveLimit places, int maxPerNode, Duration hardTimeout, LongSupplier nanos) {
        this.places = places;
        this.maxPerNode = maxPerNode;
        this.hardTimeout = hardTimeout;
        this.nanos = nanos;
    }

    synchronized void start() {
        if (dispatcher == null) {
            dispatcher = Thread.ofVirtual().name("sampling-dispatcher").start(this::dispatch);
        }
    }

    /**
     * Adds a pod, or changes its interval from the next turn on. The first turn comes at a moment of the first interval that depends on the key only, so that a
     * restarted operator does not ask a whole fleet in one second.
     */
    void put(String key, String node, Duration interval, Runnable sampling) {
        turns.compute(key, (k, existing) -> {
            if (existing != null) {
                existing.interval = interval;
                return existing;
            }
            Turn turn = new Turn(key, node, interval, sampling);
            turn.planned = nanos.getAsLong() + Math.floorMod(key.hashCode() * 2654435761L, interval.toNanos());
            turn.at = turn.planned;
            due.add(turn);
            return turn;
        });
    }

    void remove(String key) {
        Turn turn = turns.remove(key);
        if (turn != null) {
            turn.cancelled = true;
            due.remove(turn);
        }
    }

    int size() {
        return turns.size();
    }

    /** Runs that are going on now. */
    int running() {
        return (int) turns.values().stream().filter(turn -> turn.running).count();
    }

    private void dispatch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Turn turn = due.take();
                places.acquire();
                if (turn.cancelled) {
                    places.release();
                } else if (byNode.getOrDefault(turn.node, 0) >= maxPerNode) {
                    places.release();
                    turn.at = nanos.getAsLong() + NODE_WAIT.toNanos();
                    due.add(turn);
                } else {
                    run(turn);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Turn turn) {
        AtomicBoolean holdsPlace = new AtomicBoolean(true);
        turn.running = true;
        byNode.merge(turn.node, 1, Integer::sum);
        Thread thread = Thread.ofVirtual().name("sampling-" + turn.key).unstarted(() -> {
            try {
                turn.sampling.run();
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "Sampling of %s failed unexpectedly", turn.key);
            } finally {
                giveBack(turn, holdsPlace);
                turn.running = false;
                queueAgain(turn);
            }
        });
        ScheduledFuture<?> limit = watchdog.schedule(
                () -> {
                    if (turn.running && giveBack(turn, holdsPlace)) {
                        LOG.warnf(
                                "Sampling of %s has not ended within %s; its place is given to others",
                                turn.key, hardTimeout);
                        thread.interrupt();
                    }
                },
                hardTimeout.toMillis(),
                TimeUnit.MILLISECONDS);
        turn.limit = limit;
        thread.start();
    }

    private boolean giveBack(Turn turn, AtomicBoolean holdsPlace) {
        boolean held = holdsPlace.compareAndSet(true, false);
        if (held) {
            byNode.computeIfPresent(turn.node, (node, running) -> running == 1 ? null : running - 1);
            places.release();
        }
        return held;
    }

    private void queueAgain(Turn turn) {
        ScheduledFuture<?> limit = turn.limit;
        if (limit != null) {
            limit.cancel(false);
        }
        if (turn.cancelled) {
            return;
        }
        // Missed turns are left out, not made up for: a backlog of probes is the last thing a slow pod needs.
        long now = nanos.getAsLong();
        long interval = turn.interval.toNanos();
        long late = now - turn.planned;
        turn.planned += interval * Math.max(1, Math.ceilDiv(late, interval));
        turn.at = turn.planned
                + Math.round(interval * JITTER * ThreadLocalRandom.current().nextDouble());
        due.add(turn);
    }

    @PreDestroy
    void stop() {
        Thread running = dispatcher;
        if (running != null) {
            running.interrupt();
        }
        watchdog.shutdownNow();
    }

    private final class Turn implements Delayed {
        private final String key;
        private final String node;
        private final Runnable sampling;
        private volatile Duration interval;
        private long planned;
        private volatile long at;
        private volatile boolean running;
        private volatile boolean cancelled;
        private volatile @Nullable ScheduledFuture<?> limit;

        private Turn(String key, String node, Duration interval, Runnable sampling) {
            this.key = key;
            this.node = node;
            this.interval = interval;
            this.sampling = sampling;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos.getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Turn) other).at);
        }
    }
}
