package io.heapwarden.security.falco;

import io.heapwarden.security.Severity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Events between those who receive them, who never wait, and the one thread that handles them, the most severe first and of those the oldest. Bounded in
 * events and bytes: where there is no room the least severe goes, of those the youngest, as what came first shows how it began.
 */
public final class FalcoQueue implements AutoCloseable {

    /** Most events that wait. */
    public static final int MOST_EVENTS = 65_536;

    /** Most bytes of heap that waiting events take. */
    public static final long MOST_BYTES = 64L << 20;

    /** The handler has its turn at least so often. */
    public static final Duration TURN = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(FalcoQueue.class);
    private static final Duration END = Duration.ofSeconds(2);
    private static final List<Severity> WORST_FIRST =
            List.of(Severity.Critical, Severity.High, Severity.Medium, Severity.Low);

    private final FalcoEventHandler handler;
    private final FalcoCounts counts;
    private final Clock clock;
    private final int mostEvents;
    private final long mostBytes;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Severity, Deque<FalcoEvent>> waiting = new EnumMap<>(Severity.class);
    private final SeenEvents seen = new SeenEvents();
    private int events;
    private long bytes;
    private long highWater;
    private boolean closed;

    /** With the bounds {@link #MOST_EVENTS} and {@link #MOST_BYTES}. */
    public FalcoQueue(FalcoEventHandler handler, FalcoCounts counts, Clock clock) {
        this(handler, counts, clock, MOST_EVENTS, MOST_BYTES);
    }

    FalcoQueue(FalcoEventHandler handler, FalcoCounts counts, Clock clock, int mostEvents, long mostBytes) {
        this.handler = handler;
        this.counts = counts;
        this.clock = clock;
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        WORST_FIRST.forEach(severity -> waiting.put(severity, new ArrayDeque<>()));
        this.thread = Thread.ofPlatform().name("heapwarden-falco").daemon().unstarted(this::run);
    }

    /** Begins to hand out events. */
    public FalcoQueue start() {
        thread.start();
        return this;
    }

    /** Puts an event in, unless it came before or there is no room for one as mild. Never waits for the handler. */
    public void offer(FalcoEvent event) {
        lock.lock();
        try {
            if (closed) {
                counts.add(FalcoCount.Late);
                return;
            }
            if (!seen.first(event, clock.instant())) {
                counts.add(FalcoCount.Replayed);
                return;
            }
            if (!makeRoom(event)) {
                counts.drop(event.priority().severity());
                return;
            }
            of(event.priority().severity()).addLast(event);
            events++;
            bytes += event.bytes();
            highWater = Math.max(highWater, bytes);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Events that wait now. */
    public int size() {
        lock.lock();
        try {
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** The most bytes that ever waited. */
    public long highWater() {
        lock.lock();
        try {
            return highWater;
        } finally {
            lock.unlock();
        }
    }

    private boolean makeRoom(FalcoEvent event) {
        long needed = event.bytes();
        while (events + 1 > mostEvents || bytes + needed > mostBytes) {
            Severity mildest = mildest();
            if (mildest == null || mildest.atLeast(event.priority().severity())) {
                return false;
            }
            bytes -= of(mildest).removeLast().bytes();
            events--;
            counts.drop(mildest);
        }
        return true;
    }

    private @Nullable Severity mildest() {
        Severity mildest = null;
        for (Severity severity : WORST_FIRST) {
            mildest = of(severity).isEmpty() ? mildest : severity;
        }
        return mildest;
    }

    private Deque<FalcoEvent> of(Severity severity) {
        Deque<FalcoEvent> same = waiting.get(severity);
        if (same == null) {
            throw new IllegalStateException("no place for " + severity);
        }
        return same;
    }

    private void run() {
        long turn = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            FalcoEvent next;
            try {
                next = next();
            } catch (InterruptedException e) {
                return;
            }
            if (next != null) {
                guarded(() -> handler.handle(next), FalcoCount.Handled);
            } else if (isClosed()) {
                return;
            }
            long now = System.nanoTime();
            if (now - turn >= TURN.toNanos()) {
                turn = now;
                guarded(() -> handler.turn(clock.instant()), null);
            }
        }
    }

    /** The worst event; null when none came within a turn. */
    private @Nullable FalcoEvent next() throws InterruptedException {
        lock.lock();
        try {
            long left = TURN.toNanos();
            while (events == 0 && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            for (Severity severity : WORST_FIRST) {
                FalcoEvent event = of(severity).pollFirst();
                if (event != null) {
                    events--;
                    bytes -= event.bytes();
                    return event;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void guarded(Runnable call, @Nullable FalcoCount counted) {
        try {
            call.run();
            if (counted != null) {
                counts.add(counted);
            }
        } catch (RuntimeException e) {
            counts.add(FalcoCount.HandlerFailed);
            LOG.error("A Falco event could not be handled and is lost", e);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more events, and gives those that wait {@code 2 s} to be handled. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            if (!thread.join(END)) {
                LOG.warnf("Stopped with %d Falco events unhandled", size());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
