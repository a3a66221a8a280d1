package io.heapwarden.evidence.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps files of evidence. Safe for use by several threads.
 *
 * <p>No more of a file than a few megabytes is held in memory, whatever its length. A file is there whole or not at all: readers never see half of
 * one.
 */
public interface EvidenceStore extends AutoCloseable {

    /**
     * Stores a file. Never throws for what the store or the source does, and never takes longer than the limit: after it the caller goes on, and what
     * was begun is taken back behind him.
     *
     * @param limit most time for all of it, the source's included
     */
    PutOutcome put(EvidenceKey key, BundleSource source, Duration limit);

    /**
     * Deletes what the rules do not keep, and what uploads left that were broken off more than a day ago. What Heapwarden did not write is left alone.
     *
     * @param written key of the collection just written, which stays whatever the rules say
     * @param now from which ages are counted
     * @param limit most time for all of it
     */
    RetentionOutcome retain(RetentionRules rules, EvidenceKey written, Instant now, Duration limit);

    /** How messages and status name it, such as {@code s3://bucket/prefix}. */
    String name();

    /** Lets go of connections. */
    @Override
    void close();
}
