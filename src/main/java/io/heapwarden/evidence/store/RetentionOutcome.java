package io.heapwarden.evidence.store;

import java.util.List;

/**
 * What came of deleting.
 *
 * @param deleted keys that are gone, oldest first
 * @param problems what could not be done, in sentences; it is tried again the next time
 */
public record RetentionOutcome(List<EvidenceKey> deleted, List<String> problems) {

    public RetentionOutcome {
        deleted = List.copyOf(deleted);
        problems = List.copyOf(problems);
    }
}
