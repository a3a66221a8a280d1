package io.heapwarden.evidence.heapdump;

import io.heapwarden.jvm.Collector;
import java.time.Duration;

/**
 * What a heap dump would take. Meant to be too much rather than too little; docs/heap-dumps.md has the measurements.
 *
 * @param pause how long the application stands still
 * @param file bytes of the dump
 * @param disk bytes of disk it takes while it is written, at most
 * @param memory bytes that the JVM takes beyond what it has, which cannot be reclaimed
 */
public record HeapDumpPrediction(Duration pause, long file, long disk, long memory) {

    private static final long MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1L << 30;

    /** From this version on a dump is written in parts, after the pause appended to one another (JDK-8306441). */
    private static final int IN_PARTS = 22;

    static HeapDumpPrediction of(HeapDumpPlan.Jvm jvm) {
        // References take 8 bytes instead of 4, and a record's head is longer than an object's: 1.5 times the heap with
        // objects of 35 bytes, 1.8 with
        // boxed integers, 2 with arrays of references. Classes and symbols come on top.
        long file = 2 * jvm.used() + 32 * MEBIBYTE;
        long disk = jvm.version() > 0 && jvm.version() < IN_PARTS ? file : 2 * file;
        return new HeapDumpPrediction(pause(jvm), file, disk, memory(jvm));
    }

    private static Duration pause(HeapDumpPlan.Jvm jvm) {
        double perGibibyte = jvm.version() >= IN_PARTS ? 20 : 24;
        double seconds = 0.5 + (perGibibyte + collection(jvm)) * jvm.used() / GIBIBYTE;
        // One thread writes the dump: less than a whole processor slows it down, more does not speed it up.
        Double processors = jvm.processors();
        double share = processors == null ? 1 : Math.clamp(processors, 0.001, 1);
        return Duration.ofMillis(Math.round(seconds / share * 1000));
    }

    /** Seconds a GiB that the full collection takes, as before a histogram. */
    private static double collection(HeapDumpPlan.Jvm jvm) {
        if (!jvm.live()) {
            return 0;
        }
        return marksToWalk(jvm.collector()) ? 5 : 2.5;
    }

    /**
     * Buffers of the dump. A collector that marks objects to walk the heap takes 1 bit for each 8 bytes of it, and the stack of the walk. A full
     * collection may touch all of the heap that is committed, and what was never touched is not in use yet.
     */
    private static long memory(HeapDumpPlan.Jvm jvm) {
        long marks = marksToWalk(jvm.collector()) ? jvm.used() / 32 : 0;
        long touched = jvm.live() ? Math.max(0, jvm.committed() - jvm.used()) : 0;
        return 8 * MEBIBYTE + marks + touched;
    }

    private static boolean marksToWalk(Collector collector) {
        return switch (collector) {
            case ZGC, Shenandoah, Unknown -> true;
            case G1, Parallel, Serial, CMS, Epsilon -> false;
        };
    }
}
