package io.heapwarden.security.falco;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells events that the operator's own probes cause: they happen in a container around the time of a probe there, and name the probe as the process, as its
 * parent, or by the beginning of the script. What a probe does is never more than an {@link FalcoPriority#Error}: anything worse counts, whatever it names, as
 * who runs commands in a container may name them as he likes. Safe for use by many threads.
 */
public final class OwnEchoes {

    /** Before and after a probe. */
    public static final Duration WINDOW = Duration.ofSeconds(30);

    /** Containers that are remembered, the latest. */
    static final int MOST_CONTAINERS = 20_000;

    /** Probes of one container that are remembered: an event may come after the next probe. */
    static final int MOST_PROBES = 4;

    /** Each script begins with this: what Falco knows of a command line is cut at 4 KiB, and the script's own name comes after its text. */
    static final String SCRIPT = "sh -c : heapwarden-probe";

    private static final String PROGRAM = "heapwarden-probe";

    /** The program's name in the kernel, which has 15 characters. */
    private static final Set<String> PROGRAM_NAMES = Set.of(PROGRAM, PROGRAM.substring(0, 15));

    private final Duration window;
    private final Map<String, Deque<Instant>> probes = new LinkedHashMap<>();

    public OwnEchoes() {
        this(WINDOW);
    }

    /** @param window before and after a probe */
    public OwnEchoes(Duration window) {
        this.window = window;
    }

    /** Remembers that a probe ran in a container; its id may have the runtime in front. What is no such id is not remembered. */
    public synchronized void ran(String containerId, Instant at) {
        String id = ContainerIds.shortened(containerId);
        if (id == null) {
            return;
        }
        Deque<Instant> times = probes.remove(id);
        if (times == null) {
            times = new ArrayDeque<>();
        }
        times.addLast(at);
        if (times.size() > MOST_PROBES) {
            times.removeFirst();
        }
        probes.put(id, times);
        if (probes.size() > MOST_CONTAINERS) {
            probes.remove(probes.keySet().iterator().next());
        }
    }

    /** Whether a probe of the operator caused it. */
    public boolean isEcho(FalcoEvent event) {
        String container = event.field(FalcoField.ContainerId);
        String id = container == null ? null : ContainerIds.shortened(container);
        return id != null
                && !event.priority().atLeast(FalcoPriority.Critical)
                && namesProbe(event)
                && isWithin(id, event.time());
    }

    private static boolean namesProbe(FalcoEvent event) {
        return isScript(event.field(FalcoField.CommandLine))
                || isScript(event.field(FalcoField.ParentCommandLine))
                || isProgram(event.field(FalcoField.Process))
                || isProgram(event.field(FalcoField.Parent));
    }

    private static boolean isScript(@Nullable String commandLine) {
        return commandLine != null && commandLine.startsWith(SCRIPT);
    }

    private static boolean isProgram(@Nullable String process) {
        return process != null && PROGRAM_NAMES.contains(process);
    }

    private synchronized boolean isWithin(String id, Instant at) {
        Deque<Instant> times = probes.get(id);
        return times != null
                && times.stream()
                        .anyMatch(probe -> Duration.between(probe, at).abs().compareTo(window) <= 0);
    }
}
