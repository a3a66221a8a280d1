package io.heapwarden.telemetry;

import java.time.Duration;
import java.time.Instant;

/**
 * One act, for the audit log. Nothing in it may hold a secret: of a command it has the name, never the text.
 *
 * @param time when it began
 * @param act what was done
 * @param namespace of the pod
 * @param pod name of the pod
 * @param podUid uid of the pod
 * @param container name of the container; empty for an act on the whole pod
 * @param policy name of the MemoryPolicy, which is in the pod's namespace; empty where it is not known
 * @param reason why; of a command, which one
 * @param outcome what came of it
 * @param took how long it took; zero where that says nothing
 */
public record AuditEntry(
        Instant time,
        AuditAct act,
        String namespace,
        String pod,
        String podUid,
        String container,
        String policy,
        String reason,
        String outcome,
        Duration took) {}
