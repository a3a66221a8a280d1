package io.heapwarden.workload;

/** How a life ended. */
public enum Ending {
    /** It goes on. */
    Running,
    /** In good order: the program came to its end, or was asked to stop, as at a rollout. */
    Stopped,
    /** For want of memory: killed by the kernel, or by itself. */
    OutOfMemory,
    /** With a failure of another kind. */
    Crashed
}
