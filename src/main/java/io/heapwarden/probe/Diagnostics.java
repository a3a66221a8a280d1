package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.ProbeScript.Framed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends diagnostic commands to a JVM, by attach.sh. Whether it is safe to do so is asked before; the script asks once more. */
public final class Diagnostics {

    /** The commands that are sent, by the names the probes know them by. */
    public enum Command {
        /** Every object, reachable or not. */
        Histogram("histogram", "GC.class_histogram -all"),
        /** Reachable objects only, at the price of a full collection. */
        LiveHistogram("live-histogram", "GC.class_histogram"),
        /** Sizes of the heap. */
        HeapInfo("heap-info", "GC.heap_info"),
        /** What each thread does. */
        Threads("threads", "Thread.print"),
        /** The same, with the owners of locks of java.util.concurrent, for which the heap is walked. */
        ThreadsWithSynchronizers("threads-l", "Thread.print -l"),
        /** Class loaders and their metaspace. */
        ClassLoaders("class-loaders", "VM.classloader_stats"),
        /** What the JVM itself has taken, where it keeps account of that. */
        NativeMemory("native-memory", "VM.native_memory summary"),
        /** Size of the table of interned strings. */
        Strings("strings", "VM.stringtable"),
        /** Size of the table of names in classes. */
        Symbols("symbols", "VM.symboltable"),
        /** Objects that wait for their finalizer. */
        Finalizers("finalizers", "GC.finalizer_info"),
        /** Which JVM it is. */
        Version("version", "VM.version"),
        /** What it was started with, which may hold secrets. */
        CommandLine("command-line", "VM.command_line"),
        /** Options that are not at their default. */
        Flags("flags", "VM.flags"),
        /** System properties, which may hold secrets. */
        SystemProperties("system-properties", "VM.system_properties");

        private final String argument;
        private final String words;

        Command(String argument, String words) {
            this.argument = argument;
            this.words = words;
        }

        /** As attach.sh and heapwarden-probe know it. */
        public String argument() {
            return argument;
        }

        /** As the JVM knows it. */
        String words() {
            return words;
        }
    }

    /** A client that ran into its own time-out: of GNU coreutils, and of BusyBox, which says the signal. */
    private static final List<String> TIMED_OUT = List.of("124", "143");

    private static final String KILLED = "137";

    private final CommandRunner runner;
    private final ProbeLimits limits;

    Diagnostics(CommandRunner runner, ProbeLimits limits) {
        this.runner = runner;
        this.limits = limits;
    }

    /** The answer's bytes, with what the client printed before it. */
    ProbeResult<byte[]> send(Target target, Inspection jvm, Command command) {
        return send(target, jvm, List.of(command.argument), limits.clientTimeout());
    }

    /** @param limit for the client inside the container */
    ProbeResult<byte[]> send(Target target, Inspection jvm, WordedCommand command, Duration limit) {
        List<String> words = new ArrayList<>(List.of(command.argument()));
        words.addAll(command.words());
        return send(target, jvm, words, limit);
    }

    private ProbeResult<byte[]> send(Target target, Inspection jvm, List<String> words, Duration limit) {
        String boundary = ProbeScript.newBoundary();
        List<String> arguments = new ArrayList<>(List.of(
                String.valueOf(jvm.pid()),
                String.valueOf(jvm.process().startTicks()),
                String.valueOf(limits.headroom()),
                String.valueOf(limit.toSeconds()),
                jvm.jcmd() != null ? "jcmd" : "java",
                jvm.jcmd() != null ? jvm.jcmd() : String.valueOf(jvm.java())));
        arguments.addAll(words);
        Duration onTheWay = limits.attachTimeout().minus(limits.clientTimeout());
        return switch (ProbeScript.Attach.run(
                runner, target, boundary, arguments, limit.plus(onTheWay), limits.attachCap())) {
            case Refusal<Framed> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Framed> f -> new Failure<>(f.reason(), f.detail());
            case Success<Framed>(Framed said) -> answer(said.frame(), said.error(), limit);
        };
    }

    private ProbeResult<byte[]> answer(Frame frame, String error, Duration limit) {
        if (frame.has("refused")) {
            return refused(frame.text("refused").strip());
        }
        byte @Nullable [] answer = frame.bytes("answer");
        String code = frame.text("code").strip();
        if (answer == null || code.isEmpty()) {
            return new Failure<>(FailureReason.Garbled, "the probe script answered with other sections than it has");
        }
        if (code.equals("0")) {
            return new Success<>(answer);
        }
        if (TIMED_OUT.contains(code)) {
            return new Failure<>(FailureReason.TimedOut, "the JVM did not answer within " + limit.toSeconds() + " s");
        }
        String cause = code.equals(KILLED) ? "was killed, as for want of memory" : "ended with code " + code;
        return new Failure<>(
                FailureReason.ProbeFailed,
                "the diagnostic client " + cause + (error.isBlank() ? "" : ": " + Frame.shortened(error)));
    }

    private ProbeResult<byte[]> refused(String words) {
        int blank = words.indexOf(' ');
        return switch (blank < 0 ? words : words.substring(0, blank)) {
            case "gone" ->
                new Refusal<>(
                        RefusalReason.NotRunning, "the JVM ended before it could be asked; the next sample will tell");
            case "signal" -> AttachSafety.noSignalHandler();
            case "headroom" -> headroom(words.substring(blank + 1));
            default -> new Failure<>(FailureReason.ProbeFailed, "the probe script refused: " + Frame.shortened(words));
        };
    }

    private ProbeResult<byte[]> headroom(String free) {
        try {
            return AttachSafety.notEnoughHeadroom(Long.parseLong(free), limits.headroom());
        } catch (NumberFormatException e) {
            return new Failure<>(FailureReason.Garbled, "the probe script said no size: " + Frame.shortened(free));
        }
    }
}
