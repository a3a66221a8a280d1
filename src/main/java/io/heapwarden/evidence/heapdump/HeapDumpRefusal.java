package io.heapwarden.evidence.heapdump;

/** Why a heap dump may not be taken, in the order in which it is asked. The constants are spelled as they appear in Events, status and metrics. */
public enum HeapDumpRefusal {
    /** The JVM cannot be asked for one. */
    AttachDisabled,
    /** The application would stand still for longer than it may. */
    PauseTooLong,
    /** The kubelet would kill the container before the dump is done. */
    LivenessProbe,
    /** The container would run out of memory. */
    NotEnoughMemory,
    /** The file does not fit on the disk, or would leave the node so little that it evicts pods. */
    DiskFull,
    /** The pod would be evicted for what its containers write. */
    EphemeralStorage,
    /** The pod would be evicted for what is in the volume. */
    VolumeSizeLimit
}
