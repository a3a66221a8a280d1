package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real program against real JVMs; what the shell scripts and jcmd say of them is the measure. */
@Timeout(180)
class ProgramAccessTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+  (\\S+)");
    private static final List<String> COLLECTORS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseParallelGC",
            "-XX:+UseG1GC",
            "-XX:+UseZGC",
            "-XX:+UseShenandoahGC",
            "-XX:+UseEpsilonGC");

    @TempDir
    static Path classes;

    private final ProgramAccess access = ProbeProgram.access(ProbeProgram.limits(LONG));

    static Stream<Arguments> jvms() throws Exception {
        Stream.Builder<Arguments> jvms = Stream.builder();
        for (Path home : JavaHomes.all().toList()) {
            for (String collector : COLLECTORS) {
                if (supports(home, collector)) {
                    jvms.add(Arguments.of(home, collector));
                }
            }
        }
        return jvms.build();
    }

    private static boolean supports(Path home, String collector) throws Exception {
        Process java = new ProcessBuilder(
                        home.resolve("bin/java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        collector,
                        "-Xmx32m",
                        "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return java.waitFor(60, TimeUnit.SECONDS) && java.exitValue() == 0;
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void readsWhatTheScriptReads(Path home, String collector) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(
                home,
                classes,
                "-XX:+UnlockExperimentalVMOptions",
                collector,
                "-XX:MaxMetaspaceSize=64m",
                "-XX:MaxDirectMemorySize=32m",
                "-Dpath=a b -Xrs")) {
            // A JVM that has just started still compiles and moves sizes; sooner or later the two see the same.
            await().atMost(LONG).untilAsserted(() -> {
                Inspection scripted = Shells.inspection(jvm.target());
                Inspection inspection = success(access.inspect(jvm.target()));

                assertThat(inspection.counters()).usingRecursiveComparison().isEqualTo(scripted.counters());
                assertThat(inspection.counters()).isNotNull();
                assertThat(inspection.process().startTicks())
                        .isEqualTo(scripted.process().startTicks());
                assertThat(inspection.process().startedAt())
                        .isEqualTo(scripted.process().startedAt());
                assertThat(inspection.process().threads())
                        .isEqualTo(scripted.process().threads());
                assertThat(inspection.process().cpu())
                        .isBetween(
                                scripted.process().cpu(),
                                scripted.process().cpu().plusMillis(500));
            });
            Inspection scripted = Shells.inspection(jvm.target());
            Inspection inspection = success(access.inspect(jvm.target()));
            assertThat(inspection.pid()).isEqualTo(scripted.pid()).isEqualTo((int) jvm.pid());
            assertThat(inspection.jvms()).isEqualTo(1);
            assertThat(inspection.otherUser()).isFalse();
            assertThat(inspection.tmpWritable()).isEqualTo(scripted.tmpWritable());
            assertThat(inspection.socket()).isEqualTo(scripted.socket());
            assertThat(inspection.attachOff()).isEqualTo(scripted.attachOff());
            assertThat(inspection.process().catchesQuit()).isTrue();
            assertThat(inspection.process().rss()).isBetween(20L << 20, 500L << 20);
            assertThat(inspection.process().rssAnon())
                    .isBetween(5L << 20, inspection.process().rss());
            assertThat(inspection.memory().limit()).isEqualTo(scripted.memory().limit());
            assertThat(inspection.memory().ceiling())
                    .isEqualTo(scripted.memory().ceiling());
            assertThat(inspection.memory().oomKills())
                    .isEqualTo(scripted.memory().oomKills());
            assertThat(inspection.memory().maxThreads())
                    .isEqualTo(scripted.memory().maxThreads());
            assertThat(inspection.memory().usage() == null)
                    .isEqualTo(scripted.memory().usage() == null);
            assertThat(inspection.memory().anon() == null)
                    .isEqualTo(scripted.memory().anon() == null);
        }
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void aHistogramHoldsTheClassesOfJcmd(Path home, String collector) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes, "-XX:+UnlockExperimentalVMOptions", collector)) {
            JvmProbe probe = Shells.probe(access, ProbeProgram.limits(LONG));
            JvmReading reading = success(probe.counters(jvm.target()));
            assertThat(reading.histogramRefusal()).isNull();
            ClassHistogram all = success(probe.histogram(jvm.target(), reading, false, LONG));
            ClassHistogram live = success(probe.histogram(jvm.target(), reading, true, LONG));
            assertThat(all.totalBytes()).isPositive();
            assertThat(live.totalBytes()).isPositive();

            Inspection inspection = success(access.inspect(jvm.target()));
            String before = histogram(jvm, inspection);
            String jcmd = jcmd(home, jvm);
            String after = histogram(jvm, inspection);

            assertThat(jcmd).containsPattern(" 1000 +16000  Idle\\$Order");
            assertThat(before).containsPattern(" 1000 +16000  Idle\\$Order");
            Set<String> both = names(before);
            both.retainAll(names(after));
            assertThat(names(jcmd)).containsAll(both);
            Set<String> either = names(before);
            either.addAll(names(after));
            assertThat(either).containsAll(names(jcmd));
            assertThat(jvm.lines()).as("no thread dump in its log").endsWith("ready");
            assertThat(Asking.leftOf(jvm)).isEmpty();
        }
    }

    private static String histogram(LiveProcess jvm, Inspection inspection) {
        return new String(
                success(ProbeProgram.ask(jvm.target(), inspection, ProgramCommand.Histogram, LONG)),
                StandardCharsets.UTF_8);
    }

    private static Set<String> names(String histogram) {
        return ROW.matcher(histogram).results().map(row -> row.group(2)).collect(Collectors.toSet());
    }

    private static String jcmd(Path home, LiveProcess jvm) throws Exception {
        Process jcmd = new ProcessBuilder(
                        home.resolve("bin/jcmd").toString(), String.valueOf(jvm.pid()), "GC.class_histogram", "-all")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void knowsItsCommands(Path home) throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(home, classes, "-XX:NativeMemoryTracking=summary")) {
            Inspection inspection = success(access.inspect(jvm.target()));
            for (ProgramCommand command : ProgramCommand.values()) {
                String words =
                        switch (command) {
                            case Histogram, LiveHistogram -> "Idle$Order";
                            case HeapInfo -> "region size";
                            case Threads -> "\"main\" #";
                            case ClassLoaders -> "<boot class loader>";
                            case NativeMemory -> "Java Heap (reserved=";
                            case StringTable -> "StringTable statistics:";
                            case Finalizers -> "finaliz";
                            case Version -> "JDK ";
                            case CommandLine -> "java_command: Idle";
                            case Flags -> "-XX:MaxHeapSize=67108864";
                            case SystemProperties -> "java.version=";
                        };
                String answer =
                        new String(success(access.ask(jvm.target(), inspection, command)), StandardCharsets.UTF_8);
                assertThat(answer).contains(words);
            }
            assertThat(jvm.lines()).containsExactly("ready");
        }
    }

    @Test
    void asksForTheHeapWhereThereAreNoCounters() throws Exception {
        for (Path home : JavaHomes.all().toList()) {
            try (LiveProcess jvm = LiveProcess.jvm(home, classes, "-XX:-UsePerfData", "-XX:+UseSerialGC")) {
                JvmProbe probe = Shells.probe(access, ProbeProgram.limits(LONG));
                JvmReading reading = success(probe.counters(jvm.target()));

                assertThat(reading.source()).isEqualTo("GC.heap_info over local process");
                assertThat(reading.sample().heapUsed()).isPositive();
            }
        }
    }

    @Test
    void noSecretLeavesTheContainer() throws Exception {
        Path home = JavaHomes.any();
        List<String> command = List.of(
                home.resolve("bin/java").toString(),
                "-Dpassword=hunter2",
                "-XX:OnError=curl --user hunter2",
                "-Xmx64m",
                "-cp",
                LiveProcess.compiled(classes).toString(),
                "Idle",
                "--token=hunter2");
        try (LiveProcess jvm = LiveProcess.awaited(command, Map.of("API_KEY", "hunter2"))) {
            String answer = new String(
                    ProbeProgram.run(jvm.target(), "counters", "--pid", String.valueOf(jvm.pid()))
                            .standardOutput(),
                    StandardCharsets.UTF_8);

            assertThat(answer)
                    .contains("\"sun.rt.javaCommand\":\"Idle\"")
                    .contains("-Xmx64m")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void findsTheJvmByItselfAndTellsAllOfThem() throws Exception {
        try (LiveProcess small = LiveProcess.jvm(JavaHomes.any(), classes);
                LiveProcess large = LiveProcess.jvm(JavaHomes.any(), classes, "-Xms64m", "-XX:+AlwaysPreTouch")) {
            String answer = new String(
                    ProbeProgram.run(large.target(), "counters", "--target-root-of", String.valueOf(small.pid()))
                            .standardOutput(),
                    StandardCharsets.UTF_8);

            // Other JVMs may run on this machine too, this test's own is one.
            Matcher pids = Pattern.compile("\\{\"pid\":(\\d+),\"rss\":(\\d+)}").matcher(answer);
            List<Long> sizes =
                    pids.results().map(jvm -> Long.parseLong(jvm.group(2))).toList();
            assertThat(sizes).hasSizeBetween(3, 16).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(answer).contains("{\"pid\":" + large.pid() + ",").contains("\"roots\":1");
        }
    }
}
