package io.heapwarden.operator.evidence;

import io.heapwarden.evidence.store.StoredEvidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the evidence of a pod is. */
public sealed interface EvidenceState {

    /**
     * It is being collected; a restart waits for it until then.
     *
     * @param until when it is given up
     */
    record Collecting(Instant until) implements EvidenceState {}

    /**
     * Nothing more will come.
     *
     * @param at when it was done
     * @param stored where it is; null when it could not be kept, or was not taken
     * @param sentence what came of it, in words
     */
    record Done(Instant at, @Nullable StoredEvidence stored, String sentence) implements EvidenceState {}
}
