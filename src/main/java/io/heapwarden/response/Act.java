package io.heapwarden.response;

/** What may be done to a pod. The constants are spelled as they appear in status and metrics. */
public enum Act {
    /** It is replaced, in either way of {@link RestartWay}. */
    Restart,
    /** A container's memory limit is raised while it runs. */
    Resize
}
