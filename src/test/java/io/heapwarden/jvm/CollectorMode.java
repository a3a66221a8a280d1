package io.heapwarden.jvm;

import io.heapwarden.probe.JavaHomes;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to run each collector, and how its collections look in a GC log: patterns for JDK 8 and for unified logging in one. */
enum CollectorMode {
    G1(
            Collector.G1,
            "(?m)\\[gc +\\] .*Pause Young.*->|\\[GC pause",
            "(?m)\\[gc +\\] .*Pause Full.*->|\\[Full GC",
            "(?m)\\[gc +\\] .*Pause Young \\(Mixed\\)|\\[GC pause [^\\n]*\\(mixed\\)",
            "-XX:+UseG1GC",
            "-XX:G1HeapRegionSize=1m",
            "-XX:InitiatingHeapOccupancyPercent=15"),
    SERIAL(
            Collector.Serial,
            "(?m)\\[gc +\\] .*Pause Young.*->|\\[GC \\(",
            "(?m)\\[gc +\\] .*Pause Full.*->|\\[Full GC",
            null,
            "-XX:+UseSerialGC"),
    PARALLEL(
            Collector.Parallel,
            "(?m)\\[gc +\\] .*Pause Young.*->|\\[GC \\(",
            "(?m)\\[gc +\\] .*Pause Full.*->|\\[Full GC",
            null,
            "-XX:+UseParallelGC"),
    CMS(
            Collector.CMS,
            "(?m)\\[gc +\\] .*Pause Young.*->|\\[GC \\(Allocation",
            "(?m)\\[gc +\\] .*Pause Full.*->|\\[Full GC",
            "(?m)\\[gc +\\] .*Pause Remark.*->|\\[GC \\(CMS Final Remark",
            "-XX:+UseConcMarkSweepGC",
            "-XX:CMSInitiatingOccupancyFraction=20",
            "-XX:+UseCMSInitiatingOccupancyOnly"),
    Z(
            Collector.ZGC,
            "\\[gc +\\] .*Garbage Collection .*->",
            "\\[gc +\\] .*Garbage Collection .*->",
            null,
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseZGC"),
    Z_GENERATIONAL(
            Collector.ZGC,
            "\\[gc +\\] .*Minor Collection .*->",
            "\\[gc +\\] .*Major Collection .*->",
            null,
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseZGC",
            "-XX:+ZGenerational"),
    SHENANDOAH(Collector.Shenandoah, "", "", null, "-XX:+UseShenandoahGC"),
    EPSILON(Collector.Epsilon, "", "", null, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC");

    private static final String CMS_PAUSES =
            "\\[gc +\\] .*Pause (?:Initial Mark|Remark) .*ms|\\[GC \\(CMS (?:Initial Mark|Final Remark)";

    private final Collector collector;
    private final String young;
    private final String full;
    private final @Nullable String concurrent;
    private final List<String> options;

    CollectorMode(Collector collector, String young, String full, @Nullable String concurrent, String... options) {
        this.collector = collector;
        this.young = young;
        this.full = full;
        this.concurrent = concurrent;
        this.options = List.of(options);
    }

    Collector collector() {
        return collector;
    }

    String young() {
        return young;
    }

    String full() {
        return full;
    }

    @Nullable
    String concurrent() {
        return concurrent;
    }

    /**
     * The most full collections that the counters may say. Those of CMS also count both pauses of a concurrent cycle, and those of ZGC are pauses
     * divided by the fewest that a collection has: one that is asked for collects the young generation twice, in 8 pauses and not 5.
     */
    long mostFull(GcLog log) {
        return switch (this) {
            case CMS -> log.count(full) + log.count(CMS_PAUSES);
            case Z -> log.count(full) + 1;
            case Z_GENERATIONAL -> log.count(full) * 8 / 5;
            default -> log.count(full);
        };
    }

    List<String> options() {
        return options;
    }

    boolean isIn(Path jdk) throws Exception {
        int version = Integer.parseInt(JavaHomes.featureVersion(jdk));
        boolean fits =
                switch (this) {
                    case Z -> version < 23;
                    case Z_GENERATIONAL -> version >= 21;
                    default -> true;
                };
        return fits && DrivenJvm.accepts(jdk, options);
    }
}
