package io.heapwarden.probe.program;

import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Diagnostics;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.JvmAccess;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reaches a JVM by heapwarden-probe, run beside it by a command runner. The program looks once more at everything that makes a question safe, right
 * before it asks. Safe for use by many threads.
 */
public final class ProgramAccess implements JvmAccess {

    /** Lines around the JVM's answer, and the length before each chunk of some 4 KiB. */
    private static final int FRAME = 4096;

    private static final int CHUNKS_PER_FRAME_BYTE = 256;

    private final CommandRunner runner;
    private final ProbeLimits limits;
    private final String program;
    private final Function<Target, List<String>> which;

    /**
     * @param runner the way to where the program is
     * @param limits what a probe may cost; headroom is for the JVM's own answer, as the program itself takes less than 1 MiB
     * @param program path of heapwarden-probe there
     * @param which options of `counters` that say which JVM is meant, such as --pid; none where the program finds it by itself
     */
    public ProgramAccess(
            CommandRunner runner, ProbeLimits limits, String program, Function<Target, List<String>> which) {
        this.runner = runner;
        this.limits = limits;
        this.program = program;
        this.which = which;
    }

    @Override
    public String name() {
        return runner.name();
    }

    @Override
    public ProbeResult<Inspection> inspect(Target target) {
        List<String> words = new ArrayList<>(List.of(program, "counters"));
        words.addAll(which.apply(target));
        return switch (runner.run(target, List.copyOf(words), limits.countersTimeout(), limits.countersCap())) {
            case Refusal<CommandOutput> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<CommandOutput> f -> new Failure<>(f.reason(), f.detail());
            case Success<CommandOutput> s -> ProbeAnswer.parse(s.value());
        };
    }

    @Override
    public ProbeResult<byte[]> send(Target target, Inspection jvm, Diagnostics.Command command) {
        return ask(target, jvm, ProgramCommand.of(command));
    }

    /** Sends a command and hands back the JVM's answer. */
    public ProbeResult<byte[]> ask(Target target, Inspection jvm, ProgramCommand command) {
        List<String> words = List.of(
                program,
                "ask",
                "--pid",
                String.valueOf(jvm.pid()),
                "--start",
                String.valueOf(jvm.process().startTicks()),
                "--headroom",
                String.valueOf(limits.headroom()),
                "--timeout",
                String.valueOf(limits.clientTimeout().toMillis()),
                "--cap",
                String.valueOf(limits.attachCap()),
                command.argument());
        int frame = FRAME + limits.attachCap() / CHUNKS_PER_FRAME_BYTE;
        return switch (runner.run(target, words, limits.attachTimeout(), limits.attachCap() + frame)) {
            case Refusal<CommandOutput> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<CommandOutput> f -> new Failure<>(f.reason(), f.detail());
            case Success<CommandOutput> s ->
                new ChunkedAnswer(jvm.pid(), command, limits.headroom(), limits.clientTimeout(), limits.attachCap())
                        .parse(s.value());
        };
    }
}
