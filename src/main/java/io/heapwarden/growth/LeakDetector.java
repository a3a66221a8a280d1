package io.heapwarden.growth;

/**
 * Judges one life, sample by sample. The same call serves a cluster, a local process and a recorded trace. Not thread-safe: one life is
 * observed by one thread at a time.
 */
public interface LeakDetector {

    /** Takes one sample in and says what is known now. Repeated, late and out-of-order samples are left out. */
    Assessment observe(Sample sample);

    /** Says what other lives of the workload teach. It is no part of the checkpoint: who restores a detector says it again. */
    void learn(WorkloadKnowledge knowledge);

    /** All that {@link #observe} needs to go on after a restart as if there had been none. */
    DetectorCheckpoint checkpoint();
}
