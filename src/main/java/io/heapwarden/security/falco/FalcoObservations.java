package io.heapwarden.security.falco;

import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes findings of events. Command lines and the rule's sentence stay out, as they may hold secrets and change each time: what is said is which process, who
 * started it, and as whom it ran.
 */
public final class FalcoObservations {

    private static final int MOST_REFERENCES = 8;

    /** Techniques and tactics of MITRE ATT&CK, as Falco's rules are tagged. */
    private static final Pattern REFERENCE =
            Pattern.compile("T\\d{4}(\\.\\d{3})?|TA\\d{4}|mitre_[a-z_]+|CVE-\\d{4}-\\d{4,7}");

    private static final String REMEDY =
            "see in Falco's log what the process did; if the workload is meant to do so, except it in the rule";

    /** Of the rules that come with the chart. */
    private static final Map<String, String> REMEDIES = Map.of(
            "JVM Spawned a Shell",
            "find the request that led to it and close that way in; an image without a shell stops it",
            "JVM Downloaded a Class File",
            "update what resolves names from input, such as Log4j before 2.17.1, and let the pod reach only what it needs",
            "JVM Connected to a Naming Service Outside",
            "update what resolves names from input, such as Log4j before 2.17.1, and let the pod reach only what it needs",
            "Agent Attached to a Running JVM",
            "find out who attached; -XX:+DisableAttachMechanism or -XX:-EnableDynamicAgentLoading stops it",
            "Heap Dump Read by Another Process",
            "take what the heap held, such as passwords and keys, for known, and renew it",
            "JVM Wrote Into Its Application Directory",
            "make the root file system read-only (readOnlyRootFilesystem: true)");

    private FalcoObservations() {}

    /**
     * The finding of an event.
     *
     * @param container name of the container; empty when it is not known
     */
    public static Observation of(FalcoEvent event, String container) {
        String process = event.field(FalcoField.Process);
        return new Observation(
                new Observation.Key(FindingSource.Falco, event.rule(), container, process == null ? "" : process),
                event.priority().severity(),
                message(event, process),
                REMEDIES.getOrDefault(event.rule(), REMEDY),
                event.tags().stream()
                        .filter(tag -> REFERENCE.matcher(tag).matches())
                        .limit(MOST_REFERENCES)
                        .collect(Collectors.joining(", ")),
                true);
    }

    private static String message(FalcoEvent event, @Nullable String process) {
        String parent = event.field(FalcoField.Parent);
        return "Falco's rule %s: %s%s%s"
                .formatted(
                        event.rule(),
                        process == null ? "a process that is not named" : "process " + process,
                        parent == null ? "" : ", started by " + parent,
                        user(event));
    }

    private static String user(FalcoEvent event) {
        String name = event.field(FalcoField.User);
        String id = event.field(FalcoField.UserId);
        if (name != null) {
            return ", as user " + name;
        }
        return id == null ? "" : ", as user " + id;
    }
}
