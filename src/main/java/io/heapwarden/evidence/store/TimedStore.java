package io.heapwarden.evidence.store;

import io.heapwarden.evidence.store.PutOutcome.NotStored;
import io.heapwarden.evidence.store.TimeLimit.NoPlaceException;
import io.heapwarden.growth.Figures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What all stores have in common: the time limit around their work, and outcomes instead of exceptions. */
abstract class TimedStore implements EvidenceStore {

    private static final String BUSY =
            " has not come back from " + TimeLimit.PLACES + " earlier writes; look whether the storage hangs";

    private final TimeLimit time;

    TimedStore(String threadName) {
        this.time = new TimeLimit(threadName);
    }

    @Override
    public final PutOutcome put(EvidenceKey key, BundleSource source, Duration limit) {
        try {
            return time.run(givenUp -> attempt(key, source, limit, givenUp), limit)
                    .orElseGet(() -> new NotStored(
                            StoreFailure.TimedOut,
                            key.path() + " was not stored in " + name() + " within " + Figures.duration(limit)
                                    + "; raise the time limit, or look whether the storage hangs"));
        } catch (NoPlaceException busy) {
            return new NotStored(StoreFailure.Busy, name() + BUSY);
        }
    }

    private PutOutcome attempt(EvidenceKey key, BundleSource source, Duration limit, BooleanSupplier givenUp) {
        try {
            return new PutOutcome.Stored(write(key, source, limit, givenUp));
        } catch (StoreException failure) {
            StoreFailure reason = failure.reason();
            Throwable cause = failure.getCause();
            return reason == null
                    ? explain(key, cause == null ? failure : cause)
                    : new NotStored(reason, key.path() + " was not stored in " + name() + ": " + failure.getMessage());
        } catch (IOException | RuntimeException failure) {
            return explain(key, failure);
        }
    }

    @Override
    public final RetentionOutcome retain(RetentionRules rules, EvidenceKey written, Instant now, Duration limit) {
        try {
            return time.run(givenUp -> sweep(rules, written, now, givenUp), limit)
                    .orElseGet(() -> new RetentionOutcome(
                            List.of(),
                            List.of("what is too old in " + name() + " was not all deleted within "
                                    + Figures.duration(limit))));
        } catch (NoPlaceException busy) {
            return new RetentionOutcome(List.of(), List.of(name() + BUSY));
        }
    }

    private RetentionOutcome sweep(RetentionRules rules, EvidenceKey written, Instant now, BooleanSupplier givenUp) {
        try {
            return delete(rules, written, now, givenUp);
        } catch (IOException | RuntimeException failure) {
            return new RetentionOutcome(
                    List.of(), List.of(explain(written, failure).message()));
        }
    }

    /**
     * Writes a file, whole or not at all; on any failure it takes back what it began.
     *
     * @param limit what the caller waits
     * @param givenUp whether he waits no longer
     */
    abstract StoredEvidence write(EvidenceKey key, BundleSource source, Duration limit, BooleanSupplier givenUp)
            throws IOException;

    /** Deletes by the rules. */
    abstract RetentionOutcome delete(RetentionRules rules, EvidenceKey written, Instant now, BooleanSupplier givenUp)
            throws IOException;

    /** What a failure of the storage means and what to do. */
    abstract NotStored explain(EvidenceKey key, Throwable failure);
}
