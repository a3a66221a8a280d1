package io.heapwarden.e2e;

import io.heapwarden.e2e.HotSpotRow.Expected;
import io.heapwarden.e2e.HotSpotRow.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The matrix: every kind of HotSpot pod that can be built here, and in one place what must be seen of it. */
final class HotSpotRows {

    /** Counters of a collector that says what is left after a collection. */
    static final Expected ALL =
            counters(Set.of("HeapAfterGC", "Metaspace", "Classes", "Threads", "ContainerAnon"), Set.of());

    /** Epsilon never collects, and metaspace is told at collections. */
    static final Expected NEVER_COLLECTED =
            counters(Set.of("HeapAfterGC", "Classes", "Threads", "ContainerAnon"), Set.of("Metaspace"));

    /** Without hsperfdata GC.heap_info is asked; it knows no classes, and the heap's floor is found in the series of what is in use. */
    static final Expected HEAP_INFO = counters(Set.of("HeapAfterGC", "Threads", "ContainerAnon"), Set.of("Classes"));

    /** What the kernel knows. */
    private static final Set<String> OUTSIDE = Set.of("Threads", "ContainerAnon");

    private static final Set<String> INSIDE = Set.of("HeapAfterGC", "Metaspace", "Classes");

    /** Through the debug container, where exec has nothing to run. */
    private static final Expected BESIDE =
            new Expected("EphemeralContainer", ALL.signals(), ALL.noSignals(), "taken", "");

    private static final int NAMED = 10002;
    private static final Surroundings USUAL = new Surroundings(NAMED, false, false, "");

    private HotSpotRows() {}

    static List<HotSpotRow> all() {
        return Stream.of(collectors(), images(), surroundings(), processes())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HotSpotRow> collectors() {
        return List.of(
                row("jdk8-parallel", "JDK 8, Parallel", "jdks", jdk(8, "-XX:+UseParallelGC"), ALL),
                row("jdk8-serial", "JDK 8, Serial", "jdks", jdk(8, "-XX:+UseSerialGC"), ALL),
                row("jdk8-g1", "JDK 8, G1", "jdks", jdk(8, "-XX:+UseG1GC"), ALL),
                row("jdk8-cms", "JDK 8, CMS", "jdks", jdk(8, "-XX:+UseConcMarkSweepGC"), ALL),
                row("jdk11-g1", "JDK 11, G1", "jdks", jdk(11, "-XX:+UseG1GC"), ALL),
                row("jdk11-cms", "JDK 11, CMS", "jdks", jdk(11, "-XX:+UseConcMarkSweepGC"), ALL),
                row(
                        "jdk11-shenandoah",
                        "JDK 11, Shenandoah",
                        "jdks",
                        jdk(11, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseShenandoahGC"),
                        ALL),
                row("jdk17-parallel", "JDK 17, Parallel", "17", java("-XX:+UseParallelGC"), ALL),
                row("jdk17-z", "JDK 17, ZGC", "17", java("-XX:+UseZGC"), ALL),
                row("jdk17-shenandoah", "JDK 17, Shenandoah", "17", java("-XX:+UseShenandoahGC"), ALL),
                row("jdk21-g1", "JDK 21, G1", "jdks", jdk(21, "-XX:+UseG1GC"), ALL),
                row("jdk21-z", "JDK 21, ZGC without generations", "jdks", jdk(21, "-XX:+UseZGC"), ALL),
                row(
                        "jdk21-z-generational",
                        "JDK 21, ZGC with generations",
                        "jdks",
                        jdk(21, "-XX:+UseZGC", "-XX:+ZGenerational"),
                        ALL),
                row(
                        "jdk21-no-ccp",
                        "JDK 21, -XX:-UseCompressedClassPointers",
                        "jdks",
                        jdk(21, "-XX:-UseCompressedClassPointers"),
                        ALL),
                row("jdk25-serial", "JDK 25, Serial", "25", java("-XX:+UseSerialGC"), ALL),
                row("jdk25-parallel", "JDK 25, Parallel", "25", java("-XX:+UseParallelGC"), ALL),
                row("jdk25-z", "JDK 25, ZGC", "25", java("-XX:+UseZGC"), ALL),
                row(
                        "jdk25-epsilon",
                        "JDK 25, Epsilon, which never collects",
                        "25",
                        List.of(
                                "java",
                                "-Xmx32m",
                                "-Xlog:safepoint",
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:+UseEpsilonGC",
                                "-cp",
                                "/opt/workload/classes",
                                "Steady",
                                "1",
                                "20",
                                "512"),
                        NEVER_COLLECTED),
                row(
                        "jdk25-large-pages",
                        "JDK 25, G1, transparent large pages",
                        "25",
                        java("-XX:+UseG1GC", "-XX:+UseTransparentHugePages"),
                        ALL));
    }

    private static List<HotSpotRow> images() {
        return List.of(
                row("jre8", "JRE 8 on Debian: no jcmd", "jres", jdk(8), ALL),
                row("jre11", "JRE 11 on Debian: no jcmd", "jres", jdk(11), ALL),
                row("jre21", "JRE 21 on Debian: no jcmd", "jres", jdk(21), ALL),
                row("jre25", "JRE 25 on Debian: no jcmd", "jres", jdk(25), ALL),
                row("busybox-jre11", "JRE 11, BusyBox is the only shell", "jres-busybox", jdk(11), ALL),
                row(
                        "busybox-linked",
                        "runtime linked without jdk.attach, BusyBox",
                        "jres-busybox",
                        command("/opt/linked/bin/java", "-Xlog:safepoint"),
                        ALL),
                row("bare-jre8", "JRE 8, no shell", "jres-bare", jdk(8), BESIDE),
                row("bare-jre21", "JRE 21, no shell", "jres-bare", jdk(21), BESIDE),
                row("bare-jre25", "JRE 25, no shell", "jres-bare", jdk(25), BESIDE));
    }

    private static List<HotSpotRow> surroundings() {
        Expected tmpIsNotWritable = new Expected("Exec", OUTSIDE, INSIDE, "TmpNotWritable", "");
        return List.of(
                row("root", "JDK 21 as root", "jdks", jdk(21), ALL, new Surroundings(0, false, false, "")),
                row(
                        "unknown-uid",
                        "JDK 21, a uid without an entry in /etc/passwd",
                        "jdks",
                        jdk(21),
                        HEAP_INFO,
                        new Surroundings(Pods.UNKNOWN, false, false, "")),
                row(
                        "unknown-uid-jre8",
                        "JRE 8, a uid without an entry in /etc/passwd",
                        "jres",
                        jdk(8),
                        new Expected("Exec", OUTSIDE, INSIDE, "taken", ""),
                        new Surroundings(Pods.UNKNOWN, false, false, "")),
                row(
                        "read-only",
                        "JDK 21, read-only root, emptyDir at /tmp",
                        "jdks",
                        jdk(21),
                        ALL,
                        new Surroundings(NAMED, true, true, "")),
                row(
                        "read-only-no-tmp",
                        "JDK 21, read-only root, no /tmp",
                        "jdks",
                        jdk(21),
                        tmpIsNotWritable,
                        new Surroundings(NAMED, true, false, "")),
                row(
                        "tool-options",
                        "JDK 11, JAVA_TOOL_OPTIONS that open a port",
                        "jdks",
                        jdk(11),
                        ALL,
                        new Surroundings(
                                NAMED,
                                false,
                                false,
                                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005")),
                new HotSpotRow("host-pid", "JDK 21, hostPID", "jdks", jdk(21), ", hostPID: true", USUAL, ALL));
    }

    private static List<HotSpotRow> processes() {
        String main = String.join(" ", jdk(21));
        String small = String.join(" ", jdk(11)).replace("-Xmx32m", "-Xmx8m").replace("Steady", "Steady 64 100 64");
        return List.of(
                row(
                        "several-jvms",
                        "two JVMs, 11 and 21; the larger is watched",
                        "jdks",
                        List.of(
                                "sh",
                                "-c",
                                small + " & exec " + main.replace("-Xmx32m", "-Xms32m -Xmx32m -XX:+AlwaysPreTouch")),
                        ALL),
                row(
                        "under-a-shell",
                        "JDK 8 under a shell, not pid 1",
                        "jdks",
                        List.of("sh", "-c", String.join(" ", jdk(8)) + "; exit $?"),
                        ALL),
                row("no-perf-data", "JDK 21, -XX:-UsePerfData", "jdks", jdk(21, "-XX:-UsePerfData"), HEAP_INFO),
                row(
                        "attach-disabled",
                        "JDK 21, -XX:+DisableAttachMechanism",
                        "jdks",
                        jdk(21, "-XX:+DisableAttachMechanism"),
                        withoutHistogram(ALL, "AttachDisabled")));
    }

    private static Expected counters(Set<String> signals, Set<String> noSignals) {
        return new Expected("Exec", signals, noSignals, "taken", "");
    }

    private static Expected withoutHistogram(Expected expected, String reason) {
        return new Expected(expected.channel(), expected.signals(), expected.noSignals(), reason, "");
    }

    private static HotSpotRow row(String name, String what, String image, List<String> command, Expected expected) {
        return row(name, what, image, command, expected, USUAL);
    }

    private static HotSpotRow row(
            String name,
            String what,
            String image,
            List<String> command,
            Expected expected,
            Surroundings surroundings) {
        return new HotSpotRow(name, what, image, command, "", surroundings, expected);
    }

    /** The java of an image that has one. */
    private static List<String> java(String... options) {
        return command(
                "java",
                Stream.concat(Stream.of("-Xlog:safepoint"), Stream.of(options)).toArray(String[]::new));
    }

    /** The java of that version in an image of Debian's packages. */
    private static List<String> jdk(int version, String... options) {
        Stream<String> log = version == 8
                ? Stream.of("-XX:+PrintSafepointStatistics", "-XX:PrintSafepointStatisticsCount=1")
                : Stream.of("-Xlog:safepoint");
        return command(
                "/usr/lib/jvm/java-" + version + "-openjdk-amd64/bin/java",
                Stream.concat(log, Stream.of(options)).toArray(String[]::new));
    }

    private static List<String> command(String java, String... options) {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx32m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", "/opt/workload/classes", "Steady"));
        return command;
    }
}
