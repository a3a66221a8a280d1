package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks the JVM of a container with commands that run inside the container. Counters cost one command, and a second one where the JVM keeps no
 * counters or was caught in the middle of a collection; a histogram costs two, as safety is judged by what is so now. Safe for use by many
 * threads.
 */
public final class ContainerProbe implements JvmProbe {

    private final LongAdder commands = new LongAdder();
    private final SafeProbe probe;

    /**
     * @param runner the way into the container
     * @param clock gives samples their time
     * @param limits what a probe may cost
     */
    public ContainerProbe(CommandRunner runner, Clock clock, ProbeLimits limits) {
        this(runner, clock, limits, new SafetyBudget(clock, limits, PauseLimits.DEFAULTS));
    }

    /**
     * @param runner the way into the container
     * @param clock gives samples their time
     * @param limits what a probe may cost
     * @param budget what all probes together may cost
     */
    public ContainerProbe(CommandRunner runner, Clock clock, ProbeLimits limits, SafetyBudget budget) {
        this.probe = new SafeProbe(ChannelKind.Exec, new Scripts(new Counting(runner), limits), clock, limits, budget);
    }

    /** The way to a JVM by shell scripts that run beside it. */
    static JvmAccess access(CommandRunner runner, ProbeLimits limits) {
        return new Scripts(runner, limits);
    }

    /** How many commands have been run in containers, which is also the number of API calls when they run through the API server. */
    public long commandsRun() {
        return commands.sum();
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return probe.counters(target);
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return probe.histogram(target, last, live, maxPause);
    }

    /** Reaches a JVM by shell scripts that run beside it. */
    private record Scripts(CommandRunner runner, ProbeLimits limits, Diagnostics diagnostics) implements JvmAccess {

        /** Twice what a shell with its grep was seen to take for a moment; with 1 MiB free 1 JVM of 40 was killed, from 2 MiB on none of 160. */
        private static final long SHELL = 4L << 20;

        Scripts(CommandRunner runner, ProbeLimits limits) {
            this(runner, limits, new Diagnostics(runner, limits));
        }

        @Override
        public ProbeResult<Inspection> inspect(Target target) {
            String boundary = ProbeScript.newBoundary();
            return switch (runner.run(
                    target,
                    ProbeScript.Counters.command(boundary, List.of()),
                    limits.countersTimeout(),
                    limits.countersCap())) {
                case Refusal<CommandOutput> r -> new Refusal<>(r.reason(), r.detail());
                case Failure<CommandOutput> f -> new Failure<>(f.reason(), f.detail());
                case Success<CommandOutput> s -> inspection(Frame.parse(s.value(), boundary));
            };
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

        @Override
        public ProbeResult<byte[]> send(Target target, Inspection jvm, Diagnostics.Command command) {
            return diagnostics.send(target, jvm, command);
        }

        @Override
        public long roomToLook() {
            return SHELL;
        }

        @Override
        public String name() {
            return runner.name();
        }
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
