package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HeapInfo;
import io.heapwarden.jvm.HistogramParser;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the JVM of a container with commands that run inside the container. Counters cost one command, and a second one where the JVM keeps no
 * counters or was caught in the middle of a collection; a histogram costs two, as safety is judged by what is so now. Safe for use by many
 * threads.
 */
public final class ContainerProbe implements JvmProbe {

    private final CommandRunner runner;
    private final Clock clock;
    private final ProbeLimits limits;
    private final Diagnostics diagnostics;
    private final HistogramParser histograms = new HistogramParser(new ClassNames());
    private final LifeStarts starts = new LifeStarts();
    private final BackOff commandBackOff;
    private final BackOff attachBackOff;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final LongAdder commands = new LongAdder();

    /**
     * @param runner the way into the container
     * @param clock gives samples their time
     * @param limits what a probe may cost
     */
    public ContainerProbe(CommandRunner runner, Clock clock, ProbeLimits limits) {
        this.runner = new Counting(runner);
        this.clock = clock;
        this.limits = limits;
        this.diagnostics = new Diagnostics(this.runner, limits);
        this.commandBackOff = new BackOff(clock, limits.firstBackOff(), limits.longestBackOff());
        this.attachBackOff = new BackOff(clock, limits.firstBackOff(), limits.longestBackOff());
    }

    /** How many commands have been run in containers, which is also the number of API calls when they run through the API server. */
    public long commandsRun() {
        return commands.sum();
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
        return Readings.of(jvm, heap, clock.instant(), startOf(target, jvm), runner.name(), refusal);
    }

    private ProbeResult<Inspection> inspect(Target target) {
        Refusal<Inspection> backingOff = backingOff(commandBackOff, target, "the container");
        if (backingOff != null) {
            return backingOff;
        }
        String boundary = ProbeScript.newBoundary();
        ProbeResult<Inspection> found =
                switch (runner.run(
                        target,
                        ProbeScript.Counters.command(boundary, List.of()),
                        limits.countersTimeout(),
                        limits.countersCap())) {
                    case Refusal<CommandOutput> r -> new Refusal<>(r.reason(), r.detail());
                    case Failure<CommandOutput> f -> new Failure<>(f.reason(), f.detail());
                    case Success<CommandOutput> s -> inspection(Frame.parse(s.value(), boundary));
                };
        if (found instanceof Failure<Inspection>(FailureReason reason, String detail)
                && (reason == FailureReason.TimedOut || reason == FailureReason.TooLong)) {
            commandBackOff.failed(target.containerId());
        } else {
            commandBackOff.succeeded(target.containerId());
        }
        return found;
    }

    private static ProbeResult<Inspection> inspection(ProbeResult<Frame> parsed) {
        return switch (parsed) {
            case Refusal<Frame> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Frame> f -> new Failure<>(f.reason(), f.detail());
            case Success<Frame> frame -> {
                try {
                    yield Inspection.of(frame.value());
                } catch (MalformedOutputException e) {
                    yield new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /** Sends a command; whatever goes wrong then, the JVM is left alone for a while, as it may still be working on it. */
    private <T> ProbeResult<T> ask(Target target, Inspection jvm, Diagnostics.Command command, Reader<T> reader) {
        ProbeResult<T> result =
                switch (diagnostics.send(target, jvm, command)) {
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

    /** Counts the commands that are run. */
    private final class Counting implements CommandRunner {

        private final CommandRunner inner;

        Counting(CommandRunner inner) {
            this.inner = inner;
        }

        @Override
        public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
            commands.increment();
            return inner.run(target, command, timeout, outputCap);
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
