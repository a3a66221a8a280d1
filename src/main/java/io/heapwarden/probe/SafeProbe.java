package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HeapInfo;
import io.heapwarden.jvm.HistogramParser;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.Diagnostics.Command;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.SafetyBudget.Pause;
import io.heapwarden.probe.SafetyBudget.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is the same whichever way a JVM is reached: it is looked at before each question, and asked only what the {@link SafetyBudget} allows. Safe for
 * use by many threads.
 */
public final class SafeProbe implements JvmProbe {

    /** How far two sources' words on one JVM's start may be apart. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private final ChannelKind channel;
    private final JvmAccess access;
    private final Clock clock;
    private final ProbeLimits limits;
    private final HistogramParser histograms = new HistogramParser(new ClassNames());
    private final LifeStarts starts = new LifeStarts();
    private final SafetyBudget budget;

    /**
     * @param channel what the way is called
     * @param access the way to the JVM
     * @param clock gives samples their time
     * @param limits what a probe may cost
     * @param budget what all probes together may cost
     */
    public SafeProbe(ChannelKind channel, JvmAccess access, Clock clock, ProbeLimits limits, SafetyBudget budget) {
        this.channel = channel;
        this.access = access;
        this.clock = clock;
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return budget.alone(target, () -> {
            ProbeResult<Inspection> found = inspect(target);
            if (found instanceof Success<Inspection>(Inspection jvm)
                    && jvm.counters() != null
                    && jvm.counters().torn()) {
                // Once: a JVM that collects all the time is always caught at it, and its numbers are then as good as
                // they get.
                found = inspect(target);
            }
            return switch (found) {
                case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
                case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
                case Success<Inspection> s -> new Success<>(reading(target, s.value()));
            };
        });
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return budget.alone(target, () -> switch (inspect(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection> s -> histogram(target, s.value(), last, live, maxPause);
        });
    }

    private ProbeResult<ClassHistogram> histogram(
            Target target, Inspection jvm, JvmReading last, boolean live, Duration maxPause) {
        if (!isOf(last, target, jvm)) {
            return new Refusal<>(RefusalReason.NotRunning, "the JVM is not the one of the last sample any more");
        }
        Refusal<ClassHistogram> refusal = budget.refusal(target, jvm, limits.headroom());
        if (refusal != null) {
            return refusal;
        }
        Pause pause =
                budget.pause(target, new Walk(last.jvm().collector(), AttachSafety.heapAtMost(jvm), live), maxPause);
        Command command = live ? Command.LiveHistogram : Command.Histogram;
        return budget.pause(target, jvm, pause, () -> send(target, jvm, command, histograms::parse));
    }

    /** A reading by another channel knows the JVM by its start only. */
    private boolean isOf(JvmReading last, Target target, Inspection jvm) {
        Duration between =
                Duration.between(startOf(target, jvm), last.jvm().startedAt()).abs();
        return last.jvm().pid() == JvmIdentity.NO_PID
                ? between.compareTo(SAME_START) <= 0
                : last.jvm().pid() == jvm.pid() && between.isZero();
    }

    private JvmReading reading(Target target, Inspection jvm) {
        HeapInfo heap = null;
        Refusal<?> refusal = budget.refusal(target, jvm, limits.headroom());
        if (!knowsHeap(jvm.counters()) && refusal == null) {
            ProbeResult<HeapInfo> asked = budget.ask(
                    target,
                    () -> send(
                            target,
                            jvm,
                            Command.HeapInfo,
                            text -> HeapInfo.parse(new String(text, StandardCharsets.UTF_8))));
            if (asked instanceof Success<HeapInfo>(HeapInfo answer)) {
                heap = answer;
            } else {
                refusal = asked instanceof Refusal<HeapInfo> r ? r : budget.refusal(target, jvm, limits.headroom());
            }
        }
        return Readings.of(jvm, heap, clock.instant(), startOf(target, jvm), channel, access.name(), refusal);
    }

    /** ZGC without generations keeps counters, and none of its heap. */
    private static boolean knowsHeap(@Nullable JvmCounters counters) {
        return counters != null
                && (counters.heap().used() != null || counters.heap().afterGc() != null);
    }

    private ProbeResult<Inspection> inspect(Target target) {
        return budget.look(target, access.roomToLook(), () -> access.inspect(target));
    }

    private <T> ProbeResult<T> send(Target target, Inspection jvm, Command command, Reader<T> reader) {
        return switch (access.send(target, jvm, command)) {
            case Refusal<byte[]> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<byte[]> f -> new Failure<>(f.reason(), f.detail());
            case Success<byte[]> answer -> {
                try {
                    yield new Success<>(reader.read(answer.value()));
                } catch (MalformedOutputException e) {
                    yield new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private Instant startOf(Target target, Inspection jvm) {
        Instant said = jvm.counters() == null ? null : jvm.counters().startedAt();
        return starts.startOf(
                target.containerId(),
                jvm.pid(),
                jvm.process().startTicks(),
                said == null ? jvm.process().startedAt() : said);
    }

    /** Makes sense of an answer's bytes. */
    private interface Reader<T> {
        T read(byte[] answer) throws MalformedOutputException;
    }
}
