package io.heapwarden.probe.program;

import io.heapwarden.probe.Diagnostics;

/** The diagnostic commands that heapwarden-probe sends, and what each costs the application. */
public enum ProgramCommand {
    /** GC.class_histogram -all: a pause that grows with the heap in use. */
    Histogram("histogram"),
    /** GC.class_histogram: a full collection and that pause. */
    LiveHistogram("live-histogram"),
    /** GC.heap_info: no pause worth a name. */
    HeapInfo("heap-info"),
    /** Thread.print without locks: a pause that grows with threads and their stacks. */
    Threads("threads"),
    /** VM.classloader_stats: a short pause. */
    ClassLoaders("class-loaders"),
    /** VM.native_memory summary: no pause; says little where the JVM does not track native memory. */
    NativeMemory("native-memory"),
    /** VM.stringtable: a pause that grows with interned strings. */
    StringTable("string-table"),
    /** GC.finalizer_info: no pause. */
    Finalizers("finalizers"),
    /** VM.version: no pause. */
    Version("version"),
    /** VM.command_line: no pause. */
    CommandLine("command-line"),
    /** VM.flags: no pause. */
    Flags("flags"),
    /** VM.system_properties: no pause. */
    SystemProperties("system-properties");

    private final String argument;

    ProgramCommand(String argument) {
        this.argument = argument;
    }

    /** As the program knows it. */
    public String argument() {
        return argument;
    }

    static ProgramCommand of(Diagnostics.Command command) {
        return switch (command) {
            case Histogram -> Histogram;
            case LiveHistogram -> LiveHistogram;
            case HeapInfo -> HeapInfo;
            case Threads -> Threads;
            case ClassLoaders -> ClassLoaders;
            case NativeMemory -> NativeMemory;
            case Strings -> StringTable;
            case Finalizers -> Finalizers;
            case Version -> Version;
            case CommandLine -> CommandLine;
            case Flags -> Flags;
            case SystemProperties -> SystemProperties;
            case ThreadsWithSynchronizers, Symbols ->
                throw new IllegalArgumentException("heapwarden-probe does not know " + command.argument());
        };
    }
}
