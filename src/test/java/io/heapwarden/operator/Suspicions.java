package io.heapwarden.operator;

import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;

/** What may be seen of the pods of the {@link Shop}. */
final class Suspicions {

    private Suspicions() {}

    static Observation shell(Severity severity) {
        return started("Terminal shell in container", "sh", severity);
    }

    static Observation memfd() {
        return started("Fileless execution via memfd_create", "x", Severity.Critical);
    }

    /** A new pod would have it open again. */
    static Observation debugPort() {
        return new Observation(
                new Observation.Key(FindingSource.Jvm, "debug-port-open", "app", "5005"),
                Severity.Critical,
                "JDWP listens on all addresses",
                "Remove -agentlib:jdwp",
                "CWE-489",
                false);
    }

    private static Observation started(String rule, String process, Severity severity) {
        return new Observation(
                new Observation.Key(FindingSource.Falco, rule, "app", process),
                severity,
                process + " was started by java",
                "Find out who did it",
                "mitre_execution",
                true);
    }
}
