package io.heapwarden.operator;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Runs what is asked for, for each key one run at a time. However often it is asked for during a run and the pause after it, one more run follows, of what
 * was asked for last: so what comes seldom is answered at once, and what comes in a flood together. Each key that is busy has a virtual thread.
 *
 * @param <K> what runs belong to
 */
final class CoalescingExecutor<K> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CoalescingExecutor.class);

    /** What was asked for last; one request is never the same as another. */
    private static final class Request {
        private final Runnable task;

        Request(Runnable task) {
            this.task = task;
        }
    }

    private final Map<K, Request> asked = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final Semaphore places;
    private final Duration pause;

    /**
     * @param name of the threads
     * @param atOnce how many keys may run at a time; others wait
     * @param pause least time between the end of a run and the next one of the same key
     */
    CoalescingExecutor(String name, int atOnce, Duration pause) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.places = new Semaphore(atOnce, true);
        this.pause = pause;
    }

    /** Has the task run after this call, or, where one of this key is running, after that; never after {@link #close}. */
    void ask(K key, Runnable task) {
        if (threads.isShutdown()) {
            return;
        }
        if (asked.put(key, new Request(task)) == null) {
            threads.execute(() -> run(key));
        }
    }

    /** Whether nothing runs, pauses or waits. */
    boolean isIdle() {
        return asked.isEmpty();
    }

    private void run(K key) {
        Request answered;
        try {
            do {
                places.acquire();
                // Only this thread takes it away.
                answered = Objects.requireNonNull(asked.get(key));
                try {
                    answered.task.run();
                } catch (RuntimeException failure) {
                    LOG.errorf(failure, "A task of %s failed unexpectedly", key);
                } finally {
                    places.release();
                }
                Thread.sleep(pause);
            } while (!asked.remove(key, answered));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts nothing more and interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
