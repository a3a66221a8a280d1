package io.heapwarden.telemetry;

/** What the operator does to pods and workloads of others. The constants are spelled as they appear in the audit log. */
public enum AuditAct {
    /** A command in a container, to its end. */
    Exec,
    /** A command in a container of which the output is streamed, such as the reading of a heap dump. */
    StreamExec,
    /** A debug container that is added to a pod. */
    EphemeralContainer,
    /** An eviction. */
    Evict,
    /** A rollout of the pod's workload. */
    RolloutRestart,
    /** A higher memory limit for a running container. */
    Resize
}
