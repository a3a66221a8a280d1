package io.heapwarden.security.falco;

import io.heapwarden.security.falco.Located.Contradictory;
import io.heapwarden.security.falco.Located.Found;
import io.heapwarden.security.falco.Located.NoPod;
import io.heapwarden.security.falco.Located.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the pod of each event, and hands it on: echoes of the operator's own probes go, and what belongs to no pod. Where the pod is not known yet, the
 * event waits a little: the first processes of a container run before its pod's status says so. For one thread.
 */
public final class PodEvents implements FalcoEventHandler {

    /** How long an event waits for its pod to be known. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Events that wait so; the oldest goes when there are more. */
    public static final int MOST_WAITING = 4096;

    private final OwnEchoes echoes;
    private final PodLocator locator;
    private final PodEventHandler handler;
    private final FalcoCounts counts;
    private final Clock clock;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    public PodEvents(OwnEchoes echoes, PodLocator locator, PodEventHandler handler, FalcoCounts counts, Clock clock) {
        this.echoes = echoes;
        this.locator = locator;
        this.handler = handler;
        this.counts = counts;
        this.clock = clock;
    }

    private record Waiting(FalcoEvent event, Instant until) {}

    @Override
    public void handle(FalcoEvent event) {
        if (echoes.isEcho(event)) {
            counts.add(FalcoCount.Echoes);
            return;
        }
        switch (locator.locate(event)) {
            case Found(RunningPod pod, String container) -> handler.handle(pod, container, event);
            case NoPod() -> counts.add(FalcoCount.NoPod);
            case Contradictory() -> counts.add(FalcoCount.Contradictory);
            case Unknown() -> {
                if (waiting.size() >= MOST_WAITING) {
                    waiting.removeFirst();
                    counts.add(FalcoCount.UnknownPods);
                }
                waiting.addLast(new Waiting(event, clock.instant().plus(PATIENCE)));
            }
        }
    }

    /** Tries again what waits. */
    @Override
    public void turn(Instant now) {
        for (int left = waiting.size(); left > 0; left--) {
            Waiting next = waiting.removeFirst();
            switch (locator.locate(next.event())) {
                case Found(RunningPod pod, String container) -> {
                    counts.add(FalcoCount.LatePods);
                    handler.handle(pod, container, next.event());
                }
                case Contradictory() -> counts.add(FalcoCount.Contradictory);
                case NoPod() -> counts.add(FalcoCount.NoPod);
                case Unknown() -> {
                    if (next.until().isAfter(now)) {
                        waiting.addLast(next);
                    } else {
                        counts.add(FalcoCount.UnknownPods);
                    }
                }
            }
        }
    }

    /** Events that wait for their pod to be known. */
    int waiting() {
        return waiting.size();
    }
}
