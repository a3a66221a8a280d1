package io.heapwarden.jvm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Starts real JVMs of every JDK that is found, with every collector it has, and reads what they say right now. */
class RealJvmTest {

    private static final long MIB = 1 << 20;
    private static final int MAX_HEAP_MIB = 96;
    private static final int SESSIONS = 20_000;
    private static final int TIMEOUT_SECONDS = 60;
    private static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel", "Z", "Shenandoah");

    @TempDir
    Path work;

    @TestFactory
    Stream<DynamicTest> everyJdkAndCollector() throws Exception {
        Map<String, Path> jdks = jdks();
        assertThat(jdks).as("JDKs by version under JAVA_HOME and /usr/lib/jvm").isNotEmpty();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path jdk : jdks.values()) {
            Path classes = Files.createTempDirectory(work, "classes");
            Process javac = start(
                    classes,
                    "javac",
                    jdk.resolve("bin/javac").toString(),
                    "-encoding",
                    "UTF-8",
                    "-d",
                    classes.toString(),
                    Path.of("src/test/scripts/Recorded.java").toAbsolutePath().toString());
            assertThat(javac.waitFor(TIMEOUT_SECONDS, SECONDS)).isTrue();
            assertThat(javac.exitValue()).isZero();
            for (String collector : collectorsOf(jdk)) {
                tests.add(DynamicTest.dynamicTest(
                        jdk.getFileName() + " " + collector, () -> check(jdk, classes, collector)));
            }
        }
        return tests.stream();
    }

    /** Not every build of a JDK has every collector. */
    private List<String> collectorsOf(Path jdk) throws Exception {
        List<String> supported = new ArrayList<>();
        for (String collector : COLLECTORS) {
            String java = jdk.resolve("bin/java").toString();
            Process version = start(work, "version", java, "-XX:+Use" + collector + "GC", "-version");
            if (version.waitFor(TIMEOUT_SECONDS, SECONDS) && version.exitValue() == 0) {
                supported.add(collector);
            }
        }
        assertThat(supported).as("collectors of " + jdk).contains("G1", "Serial", "Parallel");
        return supported;
    }

    private void check(Path jdk, Path classes, String collector) throws Exception {
        String output = "jvm-" + collector;
        Process jvm = start(
                classes,
                output,
                jdk.resolve("bin/java").toString(),
                "-XX:+Use" + collector + "GC",
                "-Xmx" + MAX_HEAP_MIB + "m",
                "-XX:MaxDirectMemorySize=7m",
                "-Dsecret=hunter2",
                "-cp",
                ".",
                "Recorded",
                Integer.toString(SESSIONS));
        try {
            await().atMost(TIMEOUT_SECONDS, SECONDS)
                    .until(() -> Files.readString(classes.resolve(output)).contains("READY") || !jvm.isAlive());
            checkCounters(jvm, collector);
            checkHeapInfo(jdk, classes, jvm, collector);
            checkHistogram(jdk, classes, jvm);
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    private static void checkCounters(Process jvm, String collector) throws Exception {
        JvmCounters counters = await().atMost(TIMEOUT_SECONDS, SECONDS)
                .until(
                        () -> JvmCounters.from(PerfData.parse(Files.readAllBytes(hsperfdata(jvm.pid())))),
                        read -> !read.torn());
        assertThat(counters.collector().name()).startsWith(collector);
        assertThat(counters.startedAt()).isBetween(Instant.now().minusSeconds(120), Instant.now());
        assertThat(counters.heap().max()).isEqualTo(MAX_HEAP_MIB * MIB);
        if (counters.heap().afterGc() != null) {
            // 20,000 sessions of 600 bytes and more: 15 MB that no collection can free.
            assertThat(counters.heap().afterGc()).isBetween(12 * MIB, MAX_HEAP_MIB * MIB);
        }
        assertThat(counters.classes().loaded()).isGreaterThan(400);
        assertThat(counters.threads()).isBetween(4L, 60L);
        assertThat(counters.attachSupported()).isTrue();
        assertThat(counters.options()).isEqualTo(new StartOptions(null, 7 * MIB, false, false));
        assertThat(counters.toString()).doesNotContain("hunter2");
    }

    private static void checkHeapInfo(Path jdk, Path classes, Process jvm, String collector) throws Exception {
        HeapInfo info =
                HeapInfo.parse(new String(jcmd(jdk, classes, jvm.pid(), "GC.heap_info"), StandardCharsets.UTF_8));
        assertThat(info.collector().name()).startsWith(collector);
        assertThat(info.max()).isEqualTo(MAX_HEAP_MIB * MIB);
        assertThat(info.used()).isBetween(12 * MIB, MAX_HEAP_MIB * MIB);
    }

    private static void checkHistogram(Path jdk, Path classes, Process jvm) throws Exception {
        ClassHistogram histogram = new HistogramParser(new ClassNames())
                .parse(jcmd(jdk, classes, jvm.pid(), "GC.class_histogram", "-all"));
        Map<String, Long> instances = new TreeMap<>();
        histogram.forEach(entry -> instances.put(entry.className(), entry.instances()));
        assertThat(instances).containsEntry("Recorded$Session", (long) SESSIONS).containsEntry("Recorded$Again", 3L);
        assertThat(instances.get("byte[]")).isGreaterThan(2 * SESSIONS);
        assertThat((double) histogram.totalBytes()).isCloseTo(40.0 * MIB, within(56.0 * MIB));
    }

    private static byte[] jcmd(Path jdk, Path directory, long pid, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of(jdk.resolve("bin/jcmd").toString(), Long.toString(pid)));
        line.addAll(List.of(command));
        Process jcmd = start(directory, "jcmd", line.toArray(String[]::new));
        assertThat(jcmd.waitFor(TIMEOUT_SECONDS, SECONDS)).isTrue();
        return Files.readAllBytes(directory.resolve("jcmd"));
    }

    private static Process start(Path directory, String output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), output));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private static Path hsperfdata(long pid) throws IOException {
        try (Stream<Path> users = Files.list(Path.of("/tmp"))) {
            return users.filter(user -> user.getFileName().toString().startsWith("hsperfdata_"))
                    .map(user -> user.resolve(Long.toString(pid)))
                    .filter(Files::isReadable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no readable /tmp/hsperfdata_*/" + pid));
        }
    }

    /** One JDK of each version that has jcmd. */
    private static Map<String, Path> jdks() throws IOException {
        List<Path> candidates = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> directories = Files.list(installed)) {
                directories.sorted().forEach(candidates::add);
            }
        }
        Map<String, Path> jdks = new TreeMap<>();
        for (Path jdk : candidates) {
            Path release = jdk.resolve("release");
            if (Files.isExecutable(jdk.resolve("bin/jcmd")) && Files.isReadable(release)) {
                Files.readAllLines(release).stream()
                        .filter(line -> line.startsWith("JAVA_VERSION="))
                        .findFirst()
                        .ifPresent(version -> jdks.putIfAbsent(version, jdk));
            }
        }
        return jdks;
    }
}
