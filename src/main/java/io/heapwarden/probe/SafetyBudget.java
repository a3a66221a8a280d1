package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that every probe passes, whichever way it goes: what a container may be asked now, and what that may cost it. A refusal has a
 * reason that people read. Shared by all channels, so that a container left alone by one is left alone by all. Safe for use by many threads.
 */
public final class SafetyBudget {

    private static final Set<FailureReason> NO_WHOLE_ANSWER = EnumSet.of(
            FailureReason.TimedOut, FailureReason.Truncated, FailureReason.TooLong, FailureReason.Unavailable);

    /** Share of the last 10 s that a container may have waited for memory. */
    private static final double MOST_STALLED = 0.1;

    private static final double PERCENT = 100;
    private static final int MEBIBYTE_BITS = 20;

    private final Clock clock;
    private final PauseLimits limits;
    private final Duration longestGoingOn;
    private final PauseLedger ledger;
    private final ProbeSlots slots;
    private final BackOff containers;
    private final BackOff jvms;
    private final FullContainers full;

    /**
     * @param clock tells the time
     * @param probes how long containers are left alone that did not answer
     * @param limits how much time pauses may take
     */
    public SafetyBudget(Clock clock, ProbeLimits probes, PauseLimits limits) {
        this(clock, probes, limits, target -> true);
    }

    /** @param exists whether a container is still there: one that went while it was paused keeps no other from being asked */
    public SafetyBudget(Clock clock, ProbeLimits probes, PauseLimits limits, Predicate<Target> exists) {
        this.clock = clock;
        this.limits = limits;
        this.longestGoingOn = probes.firstBackOff();
        this.ledger = new PauseLedger(clock, limits);
        this.slots = new ProbeSlots(clock, limits, exists);
        this.containers = new BackOff(clock, probes.firstBackOff(), probes.longestBackOff());
        this.jvms = new BackOff(clock, probes.firstBackOff(), probes.longestBackOff());
        this.full = new FullContainers(clock);
    }

    /**
     * What a command would do.
     *
     * @param what the command in words
     * @param predicted the longest it may stop the application
     * @param allowed the longest it is allowed to
     * @param walk what it walks, from which the next prediction learns; null when it walks nothing
     */
    record Pause(String what, Duration predicted, Duration allowed, @Nullable Walk walk) {}

    /** A walk over the heap: of so many bytes, with a full collection before it or without. */
    record Walk(Collector collector, long heap, boolean live) {}

    /** What a walk would do, by what is known of the container. */
    Pause pause(Target target, Walk walk, Duration allowed) {
        return new Pause(
                "a histogram of %d MiB of %s heap%s"
                        .formatted(
                                walk.heap() >> MEBIBYTE_BITS,
                                walk.collector(),
                                walk.live() ? " with a full collection" : ""),
                ledger.predicted(target.containerId(), walk.collector(), walk.heap(), walk.live()),
                allowed,
                walk);
    }

    /** Probes a container when no other probe of it is under way. */
    <T> ProbeResult<T> alone(Target target, Supplier<ProbeResult<T>> probe) {
        return alone(target, Duration.ZERO, probe);
    }

    /** @param patience how long to wait for the end of another probe of it */
    <T> ProbeResult<T> alone(Target target, Duration patience, Supplier<ProbeResult<T>> probe) {
        if (!slots.beginAsking(target, patience)) {
            return new Refusal<>(RefusalReason.BackingOff, "another probe of this container is still under way");
        }
        try {
            return probe.get();
        } finally {
            slots.endAsking(target);
        }
    }

    /**
     * Looks at a container without asking its JVM anything.
     *
     * @param room free memory, in bytes, that the look itself needs in the container
     */
    ProbeResult<Inspection> look(Target target, long room, Supplier<ProbeResult<Inspection>> look) {
        ProbeResult<Inspection> found = read(target, room, look);
        if (found instanceof Success<Inspection>(Inspection jvm)) {
            ledger.learn(target.containerId(), jvm);
            full.learn(target, room, jvm.memory().free());
        }
        return found;
    }

    /**
     * Reads something else in a container: the same reasons keep it from being asked as from being looked at.
     *
     * @param room free memory, in bytes, that reading needs in the container
     */
    <T> ProbeResult<T> read(Target target, long room, Supplier<ProbeResult<T>> reading) {
        Refusal<T> refusal = target.facts().phase() == PodFacts.Phase.Terminating
                ? terminating()
                : backingOff(containers, target, "the container");
        if (refusal == null) {
            refusal = full.refusal(target, room);
        }
        if (refusal != null) {
            return refusal;
        }
        ProbeResult<T> found = reading.get();
        if (found instanceof Failure<T>(FailureReason reason, String detail)
                && (reason == FailureReason.TimedOut || reason == FailureReason.TooLong)) {
            containers.failed(target.containerId());
        } else {
            containers.succeeded(target.containerId());
        }
        return found;
    }

    /** Why a JVM may not be sent a command now; null when it may. */
    <T> @Nullable Refusal<T> refusal(Target target, Inspection jvm, long headroom) {
        Refusal<T> refusal =
                switch (target.facts().phase()) {
                    case Starting -> starting();
                    case Terminating -> terminating();
                    case Ready, NotReady -> AttachSafety.refusal(jvm, headroom);
                };
        return refusal == null ? backingOff(jvms, target, "the JVM") : refusal;
    }

    /** Sends a JVM a command that does not stop it. Where no whole answer comes it is left alone for a while: it may still be working on it. */
    <T> ProbeResult<T> ask(Target target, Supplier<ProbeResult<T>> question) {
        ProbeResult<T> answer = question.get();
        if (answer instanceof Failure<T>(FailureReason reason, String detail) && NO_WHOLE_ANSWER.contains(reason)) {
            jvms.failed(target.containerId());
        } else if (!(answer instanceof Refusal)) {
            jvms.succeeded(target.containerId());
        }
        return answer;
    }

    /** Sends a JVM a command that stops it, when that is short enough, affordable, and nobody's only replica is hit. */
    <T> ProbeResult<T> pause(Target target, Inspection jvm, Pause pause, Supplier<ProbeResult<T>> question) {
        Refusal<T> refusal = badMoment(target, jvm);
        refusal = refusal == null ? tooMuch(target, pause) : refusal;
        return refusal == null ? paused(target, jvm, pause, question) : refusal;
    }

    /**
     * Sends a JVM a command whose pause somebody has decided to bear, by a forecast of its own: it counts towards the share of time that pauses may take, but
     * is not refused for it.
     */
    <T> ProbeResult<T> decidedPause(Target target, Inspection jvm, Pause pause, Supplier<ProbeResult<T>> question) {
        Refusal<T> refusal = badMoment(target, jvm);
        return refusal == null ? paused(target, jvm, pause, question) : refusal;
    }

    private <T> ProbeResult<T> paused(Target target, Inspection jvm, Pause pause, Supplier<ProbeResult<T>> question) {
        String id = target.containerId();
        String inTheWay = slots.beginPause(target);
        if (inTheWay != null) {
            return new Refusal<>(RefusalReason.OthersPaused, inTheWay + "; this one waits for its next sample");
        }
        Instant began = clock.instant();
        try {
            ProbeResult<T> answer = ask(target, question);
            if (!(answer instanceof Refusal)) {
                Duration answeredIn = Duration.between(began, clock.instant());
                ledger.charge(id, jvm, pause, answeredIn);
            }
            return answer;
        } finally {
            Duration still = jvms.remaining(id);
            if (still == null) {
                slots.endPause(target);
            } else {
                // One that hangs is left alone for up to an hour. No walk takes that long, and its neighbours must not
                // wait
                // for it.
                Duration goingOn = still.compareTo(longestGoingOn) < 0 ? still : longestGoingOn;
                slots.giveUpPause(target, clock.instant().plus(goingOn));
            }
        }
    }

    private static <T> @Nullable Refusal<T> badMoment(Target target, Inspection jvm) {
        if (target.facts().phase() == PodFacts.Phase.NotReady) {
            return new Refusal<>(
                    RefusalReason.NotReady, "the pod is not ready, and a pause would keep it from becoming so");
        }
        return underPressure(jvm.memory().events())
                ? new Refusal<>(
                        RefusalReason.MemoryPressure,
                        "the container waits for memory already; it is asked again when that is over. Raise its memory limit")
                : null;
    }

    private <T> @Nullable Refusal<T> tooMuch(Target target, Pause pause) {
        Duration predicted = pause.predicted();
        if (predicted.compareTo(pause.allowed()) > 0) {
            return tooLong(
                    pause,
                    "maxPause is %d ms. Raise maxPause%s"
                            .formatted(
                                    pause.allowed().toMillis(),
                                    pause.walk() != null && pause.walk().live() ? ", or set live to false" : ""));
        }
        Duration tightest = target.facts().tightestProbe();
        if (tightest != null && predicted.compareTo(tightest) >= 0) {
            return tooLong(
                    pause,
                    "the container's tightest liveness or readiness probe has a time-out of %d ms. Raise that time-out"
                            .formatted(tightest.toMillis()));
        }
        Duration wait = ledger.untilAffordable(target.containerId(), predicted);
        return wait.isZero()
                ? null
                : new Refusal<>(
                        RefusalReason.PauseBudgetSpent,
                        "another pause of %d ms would take more than %s %% of the container's time; in %d min it would not"
                                .formatted(
                                        predicted.toMillis(), plain(limits.share() * PERCENT), wait.toMinutes() + 1));
    }

    private static boolean underPressure(ContainerEvents events) {
        return Boolean.TRUE.equals(events.underOom())
                || events.someStalled() != null && events.someStalled().share10s() > MOST_STALLED;
    }

    private static <T> Refusal<T> tooLong(Pause pause, String bound) {
        return new Refusal<>(
                RefusalReason.PauseTooLong,
                pause.what() + " could stop the application for "
                        + pause.predicted().toMillis() + " ms, and " + bound);
    }

    private static String plain(double number) {
        return new java.math.BigDecimal(String.valueOf(number))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static <T> Refusal<T> starting() {
        return new Refusal<>(
                RefusalReason.NotReady,
                "the container's startup probe has not succeeded yet; its JVM is asked after that");
    }

    private static <T> Refusal<T> terminating() {
        return new Refusal<>(RefusalReason.NotRunning, "the pod has been told to end");
    }

    private static <T> @Nullable Refusal<T> backingOff(BackOff backOff, Target target, String who) {
        Duration remaining = backOff.remaining(target.containerId());
        return remaining == null
                ? null
                : new Refusal<>(
                        RefusalReason.BackingOff,
                        who + " did not answer and is left alone for " + (remaining.toSeconds() + 1) + " s more");
    }
}
