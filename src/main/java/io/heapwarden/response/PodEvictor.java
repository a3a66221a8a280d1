package io.heapwarden.response;

/** How a pod is evicted. Nothing is thrown for what an API server may answer. */
public interface PodEvictor {

    /** Asks whether the pod could be evicted now, and changes nothing. */
    EvictionOutcome rehearse(PodIdentity pod);

    /**
     * Evicts the pod after a rehearsal.
     *
     * @param beforeActing run after a rehearsal that went through and right before the real eviction: the place to
     *     write the intent down. If it throws, nothing is evicted and the exception goes to the caller
     */
    EvictionOutcome evict(PodIdentity pod, Runnable beforeActing);
}
