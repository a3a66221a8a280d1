package io.heapwarden.evidence.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs what may hang, and waits no longer than agreed. A write to a dead file server cannot be interrupted, so the thread may stay behind; how many may,
 * is bounded, and each counts until it really ends.
 */
final class TimeLimit {

    /** Writes under way at once, those that hang among them. */
    static final int PLACES = 4;

    private final String name;
    private final Semaphore places = new Semaphore(PLACES);

    /** @param name of the threads */
    TimeLimit(String name) {
        this.name = name;
    }

    /** Every place is taken by work that has not come back. */
    static final class NoPlaceException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Runs a task.
     *
     * @param task is told whether it has been given up, and then is to clean up after itself
     * @return what came of it; empty when the time was over, or the waiting thread was interrupted
     * @throws NoPlaceException when too many tasks hang already
     */
    <T> Optional<T> run(Function<BooleanSupplier, T> task, Duration limit) throws NoPlaceException {
        if (!places.tryAcquire()) {
            throw new NoPlaceException();
        }
        AtomicBoolean givenUp = new AtomicBoolean();
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread worker = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                done.complete(task.apply(givenUp::get));
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            } finally {
                places.release();
            }
        });
        worker.start();
        try {
            return Optional.of(done.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            givenUp.set(true);
            worker.interrupt();
        } catch (InterruptedException stopping) {
            givenUp.set(true);
            worker.interrupt();
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
        return Optional.empty();
    }
}
