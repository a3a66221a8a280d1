package io.heapwarden.probe;

import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.FinalizerQueue;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.jvm.StringTable;
import io.heapwarden.jvm.ThreadDump;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM can be asked besides its counters and a class histogram. Each costs little; docs/probing.md has what was measured.
 *
 * @param <T> the answer
 */
public final class Question<T> {

    /** What each thread does, and who waits for whom. A safepoint: 10 ms and 50 µs a thread are predicted. */
    public static final Question<ThreadDump> THREADS =
            new Question<>(Diagnostics.Command.Threads, ThreadDump::parse, Pause.OfThreads);

    /**
     * As {@link #THREADS}, and who has which lock of java.util.concurrent. Walks the heap in the safepoint, so it is predicted to take as long as a
     * class histogram on top.
     */
    public static final Question<ThreadDump> THREADS_WITH_SYNCHRONIZERS =
            new Question<>(Diagnostics.Command.ThreadsWithSynchronizers, ThreadDump::parse, Pause.OfThreadsAndHeap);

    /** Class loaders and what metaspace they have. A short safepoint. */
    public static final Question<ClassLoaderStatistics> CLASS_LOADERS =
            new Question<>(Diagnostics.Command.ClassLoaders, ClassLoaderStatistics::parse, Pause.Short);

    /** What the JVM took from the system, and what for. No safepoint. */
    public static final Question<NativeMemory> NATIVE_MEMORY =
            new Question<>(Diagnostics.Command.NativeMemory, NativeMemory::parse, Pause.None);

    /**
     * Interned strings. A safepoint that looks at each of them, so it is predicted to take as long as a class histogram, which looks at every
     * object. Unknown to JDK 8.
     */
    public static final Question<StringTable> STRINGS =
            new Question<>(Diagnostics.Command.Strings, StringTable::parse, Pause.OfHeap);

    /** Names of classes, methods and fields. A short safepoint. Unknown to JDK 8. */
    public static final Question<StringTable> SYMBOLS =
            new Question<>(Diagnostics.Command.Symbols, StringTable::parse, Pause.Short);

    /** Objects whose finalizers are still to be run. No safepoint. */
    public static final Question<FinalizerQueue> FINALIZERS =
            new Question<>(Diagnostics.Command.Finalizers, FinalizerQueue::parse, Pause.None);

    /** Which JVM it is, as text. No safepoint. */
    public static final Question<String> VERSION = text(Diagnostics.Command.Version);

    /** What it was started with, as text that may hold secrets. No safepoint. */
    public static final Question<String> COMMAND_LINE = text(Diagnostics.Command.CommandLine);

    /** Options that are not at their default, as text. No safepoint. */
    public static final Question<String> FLAGS = text(Diagnostics.Command.Flags);

    /** System properties, as text that may hold secrets. The JVM's attach thread reads them; no safepoint. */
    public static final Question<String> SYSTEM_PROPERTIES = text(Diagnostics.Command.SystemProperties);

    /** What a question does to the application. */
    enum Pause {
        None,
        Short,
        OfThreads,
        OfThreadsAndHeap,
        OfHeap
    }

    /** Makes sense of an answer's bytes. */
    interface Reader<T> {
        T read(byte[] answer) throws MalformedOutputException;
    }

    private static final Pattern CLIENT_LINE = Pattern.compile("[0-9]{1,10}:\\R");
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration ANY_THREADS = Duration.ofMillis(10);
    private static final Duration EACH_THREAD = Duration.ofNanos(50_000);

    private final Diagnostics.Command command;
    private final Reader<T> reader;
    private final Pause pause;

    private Question(Diagnostics.Command command, Reader<T> reader, Pause pause) {
        this.command = command;
        this.reader = reader;
        this.pause = pause;
    }

    private static Question<String> text(Diagnostics.Command command) {
        return new Question<>(command, Question::text, Pause.None);
    }

    /** The same question, of which the answer is kept as the JVM wrote it. */
    public Question<String> asText() {
        return new Question<>(command, Question::text, pause);
    }

    /** Without the process id that a client prints before the answer. */
    static String text(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        Matcher client = CLIENT_LINE.matcher(text);
        return client.lookingAt() ? text.substring(client.end()) : text;
    }

    /** The diagnostic command, as {@code jcmd} takes it. */
    public String command() {
        return command.words();
    }

    Diagnostics.Command diagnosticCommand() {
        return command;
    }

    T read(byte[] answer) throws MalformedOutputException {
        return reader.read(answer);
    }

    /**
     * How long it may stop the application.
     *
     * @param threads of the process
     * @param heapWalk what a walk over its heap takes
     */
    Duration predictedPause(long threads, Duration heapWalk) {
        Duration ofThreads = ANY_THREADS.plus(EACH_THREAD.multipliedBy(threads));
        return switch (pause) {
            case None -> Duration.ZERO;
            case Short -> SHORT;
            case OfThreads -> ofThreads;
            case OfThreadsAndHeap -> ofThreads.plus(heapWalk);
            case OfHeap -> heapWalk;
        };
    }

    @Override
    public String toString() {
        return command.words();
    }
}
