package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HeapInfo;
import io.heapwarden.jvm.HistogramParser;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is the same whichever way a JVM is reached: it is looked at before each question, asked only what is safe, one question at a time, and left
 * alone for a while when it does not answer. Safe for use by many threads.
 */
final class SafeProbe implements JvmProbe {

    private final JvmAccess access;
    private final Clock clock;
    private final ProbeLimits limits;
    private final HistogramParser histograms = new HistogramParser(new ClassNames());
    private final LifeStarts starts = new LifeStarts();
    private final BackOff commandBackOff;
    private final BackOff attachBackOff;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /**
     * @param access the way to the JVM
     * @param clock gives samples their time
     * @param limits what a probe may cost
     */
    SafeProbe(JvmAccess access, Clock clock, ProbeLimits limits) {
        this.access = access;
        this.clock = clock;
        this.limits = limits;
        this.commandBackOff = new BackOff(clock, limits.firstBackOff(), limits.longestBackOff());
        this.attachBackOff = new BackOff(clock, limits.firstBackOff(), limits.longestBackOff());
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return alone(target, () -> {
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
        return alone(target, () -> switch (inspect(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection> s -> histogram(target, s.value(), last, live, maxPause);
        });
    }

    private ProbeResult<ClassHistogram> histogram(
            Target target, Inspection jvm, JvmReading last, boolean live, Duration maxPause) {
        if (jvm.pid() != last.jvm().pid()
                || !startOf(target, jvm).equals(last.jvm().startedAt())) {
            return new Refusal<>(RefusalReason.NotRunning, "the JVM is not the one of the last sample any more");
        }
        Refusal<ClassHistogram> refusal = attachRefusal(target, jvm);
        if (refusal == null) {
            refusal = AttachSafety.pauseTooLong(jvm, last.jvm().collector(), live, maxPause);
        }
        if (refusal != null) {
            return refusal;
        }
        return ask(
                target,
                jvm,
                live ? Diagnostics.Command.LiveHistogram : Diagnostics.Command.Histogram,
                histograms::parse);
    }

    private JvmReading reading(Target target, Inspection jvm) {
        HeapInfo heap = null;
        Refusal<?> refusal = attachRefusal(target, jvm);
        if (jvm.counters() == null && refusal == null) {
            ProbeResult<HeapInfo> asked = ask(
                    target,
                    jvm,
                    Diagnostics.Command.HeapInfo,
                    text -> HeapInfo.parse(new String(text, StandardCharsets.UTF_8)));
            if (asked instanceof Success<HeapInfo>(HeapInfo answer)) {
                heap = answer;
            } else {
                refusal = asked instanceof Refusal<HeapInfo> r ? r : attachRefusal(target, jvm);
            }
        }
        return Readings.of(jvm, heap, clock.instant(), startOf(target, jvm), access.name(), refusal);
    }

    private ProbeResult<Inspection> inspect(Target target) {
        Refusal<Inspection> backingOff = backingOff(commandBackOff, target, "the container");
        if (backingOff != null) {
            return backingOff;
        }
        ProbeResult<Inspection> found = access.inspect(target);
        if (found instanceof Failure<Inspection>(FailureReason reason, String detail)
                && (reason == FailureReason.TimedOut || reason == FailureReason.TooLong)) {
            commandBackOff.failed(target.containerId());
        } else {
            commandBackOff.succeeded(target.containerId());
        }
        return found;
    }

    /** Sends a command; whatever goes wrong then, the JVM is left alone for a while, as it may still be working on it. */
    private <T> ProbeResult<T> ask(Target target, Inspection jvm, Diagnostics.Command command, Reader<T> reader) {
        ProbeResult<T> result =
                switch (access.send(target, jvm, command)) {
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
        if (result instanceof Success) {
            attachBackOff.succeeded(target.containerId());
        } else if (result instanceof Failure<T>) {
            attachBackOff.failed(target.containerId());
        }
        return result;
    }

    private <T> @Nullable Refusal<T> attachRefusal(Target target, Inspection jvm) {
        Refusal<T> refusal = AttachSafety.refusal(jvm, limits.headroom());
        return refusal == null ? backingOff(attachBackOff, target, "the JVM") : refusal;
    }

    private static <T> @Nullable Refusal<T> backingOff(BackOff backOff, Target target, String who) {
        Duration remaining = backOff.remaining(target.containerId());
        return remaining == null
                ? null
                : new Refusal<>(
                        RefusalReason.BackingOff,
                        who + " did not answer and is left alone for " + (remaining.toSeconds() + 1) + " s more");
    }

    private Instant startOf(Target target, Inspection jvm) {
        Instant said = jvm.counters() == null ? null : jvm.counters().startedAt();
        return starts.startOf(
                target.containerId(),
                jvm.pid(),
                jvm.process().startTicks(),
                said == null ? jvm.process().startedAt() : said);
    }

    private <T> ProbeResult<T> alone(Target target, Supplier<ProbeResult<T>> call) {
        if (!busy.add(target.containerId())) {
            return new Refusal<>(RefusalReason.BackingOff, "another probe of this container is still under way");
        }
        try {
            return call.get();
        } finally {
            busy.remove(target.containerId());
        }
    }

    /** Makes sense of an answer's bytes. */
    private interface Reader<T> {
        T read(byte[] answer) throws MalformedOutputException;
    }
}
