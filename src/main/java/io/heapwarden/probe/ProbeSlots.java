package io.heapwarden.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many are asked and paused at once: one probe a container, and a bound for the pauses of a node and of a workload. A pause whose answer did not come
 * is taken to go on for a while: giving up waiting ends nothing in the JVM. Safe for use by many threads.
 */
final class ProbeSlots {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Clock clock;
    private final PauseLimits limits;
    private final Predicate<Target> exists;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Pausing> pausing = new HashMap<>();

    /** A paused container, and when it is taken to go on by itself; null while it is waited for. */
    private record Pausing(Target target, @Nullable Instant until) {

        @Nullable
        String node() {
            return target.facts().node();
        }

        @Nullable
        String workload() {
            return target.facts().workload();
        }
    }

    /** @param exists whether a container is still there; one that is not is not paused either */
    ProbeSlots(Clock clock, PauseLimits limits, Predicate<Target> exists) {
        this.clock = clock;
        this.limits = limits;
        this.exists = exists;
    }

    /**
     * Begins to ask a container; false when it is being asked already.
     *
     * @param patience how long to wait until it is not any more
     */
    boolean beginAsking(Target target, Duration patience) {
        long looks = patience.dividedBy(BETWEEN_LOOKS);
        for (long look = 0; !beginAsking(target); look++) {
            if (look >= looks || !slept()) {
                return false;
            }
        }
        return true;
    }

    private synchronized boolean beginAsking(Target target) {
        return asked.add(target.containerId());
    }

    private static boolean slept() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized void endAsking(Target target) {
        asked.remove(target.containerId());
    }

    /** Begins to pause a container; null when it may be, else who is in the way, in words. */
    synchronized @Nullable String beginPause(Target target) {
        Instant now = clock.instant();
        pausing.values().removeIf(pause -> isOver(pause, now));
        PodFacts facts = target.facts();
        long ofWorkload = pausing.values().stream()
                .filter(pause -> facts.workload() != null && facts.workload().equals(pause.workload()))
                .count();
        if (ofWorkload >= limits.perWorkload()) {
            return "another replica of " + facts.workload() + " is being paused";
        }
        long ofNode = pausing.values().stream()
                .filter(pause -> facts.node() != null && facts.node().equals(pause.node()))
                .count();
        if (ofNode >= limits.perNode()) {
            return ofNode + " containers of node " + facts.node() + " are being paused";
        }
        pausing.put(target.containerId(), new Pausing(target, null));
        return null;
    }

    synchronized void endPause(Target target) {
        pausing.remove(target.containerId());
    }

    /** Nobody waits for the container any more, which may go on being paused until then. */
    synchronized void giveUpPause(Target target, Instant until) {
        pausing.computeIfPresent(target.containerId(), (id, pause) -> new Pausing(target, until));
    }

    private boolean isOver(Pausing pause, Instant now) {
        Instant until = pause.until();
        return until != null && (!now.isBefore(until) || !exists.test(pause.target()));
    }
}
