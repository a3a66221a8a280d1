package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that every probe passes, whichever way it goes: what a container may be asked now, and what that may cost it. A refusal has a
 * reason that people read. Shared by all channels, so that a container left alone by one is left alone by all. Safe for use by many threads.
 */
public final class SafetyBudget {

    private static final double PERCENT = 100;

    private final Clock clock;
    private final PauseLimits limits;
    private final PauseLedger ledger;
    private final ProbeSlots slots;
    private final BackOff containers;
    private final BackOff jvms;

    /**
     * @param clock tells the time
     * @param probes how long containers are left alone that did not answer
     * @param limits how much time pauses may take
     */
    public SafetyBudget(Clock clock, ProbeLimits probes, PauseLimits limits) {
        this.clock = clock;
        this.limits = limits;
        this.ledger = new PauseLedger(clock, limits);
        this.slots = new ProbeSlots(clock, limits);
        this.containers = new BackOff(clock, probes.firstBackOff(), probes.longestBackOff());
        this.jvms = new BackOff(clock, probes.firstBackOff(), probes.longestBackOff());
    }

    /** What a histogram would do. */
    record Pause(Collector collector, long heap, boolean live, Duration allowed) {}

    /** Probes a container when no other probe of it is under way. */
    <T> ProbeResult<T> alone(Target target, Supplier<ProbeResult<T>> probe) {
        if (!slots.beginAsking(target)) {
            return new Refusal<>(RefusalReason.BackingOff, "another probe of this container is still under way");
        }
        try {
            return probe.get();
        } finally {
            slots.endAsking(target);
        }
    }

    /** Looks at a container without asking its JVM anything, which harms nobody. */
    ProbeResult<Inspection> look(Target target, Supplier<ProbeResult<Inspection>> look) {
        Refusal<Inspection> refusal = target.facts().phase() == PodFacts.Phase.Terminating
                ? terminating()
                : backingOff(containers, target, "the container");
        if (refusal != null) {
            return refusal;
        }
        ProbeResult<Inspection> found = look.get();
        if (found instanceof Failure<Inspection>(FailureReason reason, String detail)
                && (reason == FailureReason.TimedOut || reason == FailureReason.TooLong)) {
            containers.failed(target.containerId());
        } else {
            containers.succeeded(target.containerId());
        }
        if (found instanceof Success<Inspection>(Inspection jvm)) {
            ledger.learn(target.containerId(), jvm);
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

    /** Sends a JVM a command that does not stop it. Whatever goes wrong then, it is left alone for a while: it may still be working on it. */
    <T> ProbeResult<T> ask(Target target, Supplier<ProbeResult<T>> question) {
        ProbeResult<T> answer = question.get();
        if (answer instanceof Success) {
            jvms.succeeded(target.containerId());
        } else if (answer instanceof Failure) {
            jvms.failed(target.containerId());
        }
        return answer;
    }

    /** Sends a JVM a command that stops it, when that is short enough, affordable, and nobody's only replica is hit. */
    <T> ProbeResult<T> pause(Target target, Inspection jvm, Pause pause, Supplier<ProbeResult<T>> question) {
        String id = target.containerId();
        Duration predicted = ledger.predicted(id, pause.collector(), pause.heap(), pause.live());
        Refusal<T> refusal = pauseRefusal(target, pause, predicted);
        if (refusal != null) {
            return refusal;
        }
        String inTheWay = slots.beginPause(target);
        if (inTheWay != null) {
            return new Refusal<>(RefusalReason.OthersPaused, inTheWay + "; this one waits for its next sample");
        }
        Instant began = clock.instant();
        boolean answered = false;
        try {
            ProbeResult<T> answer = ask(target, question);
            answered = !(answer instanceof Failure);
            if (!(answer instanceof Refusal)) {
                Duration answeredIn = Duration.between(began, clock.instant());
                ledger.charge(id, jvm, predicted, answeredIn, pause.heap(), pause.live());
            }
            return answer;
        } finally {
            Duration still = jvms.remaining(id);
            if (answered || still == null) {
                slots.endPause(target);
            } else {
                slots.giveUpPause(target, clock.instant().plus(still));
            }
        }
    }

    private <T> @Nullable Refusal<T> pauseRefusal(Target target, Pause pause, Duration predicted) {
        if (target.facts().phase() == PodFacts.Phase.NotReady) {
            return new Refusal<>(
                    RefusalReason.NotReady, "the pod is not ready, and a pause would keep it from becoming so");
        }
        if (predicted.compareTo(pause.allowed()) > 0) {
            return AttachSafety.pauseTooLong(
                    pause.heap(), predicted, pause.collector(), pause.live(), "maxPause is", pause.allowed());
        }
        Duration tightest = target.facts().tightestProbe();
        if (tightest != null && predicted.compareTo(tightest) >= 0) {
            return AttachSafety.pauseTooLong(
                    pause.heap(),
                    predicted,
                    pause.collector(),
                    pause.live(),
                    "the container's tightest liveness or readiness probe has a time-out of",
                    tightest);
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
