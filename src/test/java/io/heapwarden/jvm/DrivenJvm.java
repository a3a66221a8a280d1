package io.heapwarden.jvm;

import static org.awaitility.Awaitility.await;

import io.heapwarden.probe.JavaHomes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A real JVM that runs {@code src/test/scripts/Driven.java} and writes a GC log; it stands still between two commands. */
final class DrivenJvm implements AutoCloseable {

    static final int MAX_HEAP_MIB = 64;

    private static final long TIMEOUT_SECONDS = 60;
    private static final Duration QUIET = Duration.ofMillis(250);

    private final Path home;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private DrivenJvm(Path home, Path log, Process process) {
        this.home = home;
        this.log = log;
        this.process = process;
        this.answers = process.errorReader();
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
    }

    static DrivenJvm start(Path home, Path directory, List<String> options) throws Exception {
        Path log = directory.resolve("gc.log");
        // JDK 8 holds back what it writes into a log file, and what it writes to its output not.
        boolean unified = !JavaHomes.featureVersion(home).equals("8");
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx" + MAX_HEAP_MIB + "m"));
        command.addAll(options);
        command.addAll(
                unified
                        ? List.of("-Xlog:disable", "-Xlog:gc*,gc+heap=debug:file=" + log)
                        : List.of("-verbose:gc", "-XX:+PrintGCDetails", "-XX:+PrintHeapAtGC"));
        command.addAll(List.of("-cp", directory.toString(), "Driven"));
        DrivenJvm jvm = new DrivenJvm(
                home,
                log,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(
                                unified ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(log.toFile()))
                        .start());
        jvm.awaitDone();
        return jvm;
    }

    static boolean accepts(Path home, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(options);
        command.add("-version");
        Process version = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return version.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && version.exitValue() == 0;
    }

    static void compile(Path directory) {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "8",
                        "-Xlint:-options",
                        "-d",
                        directory.toString(),
                        "src/test/scripts/Driven.java");
        if (result != 0) {
            throw new IllegalStateException("Driven.java does not compile");
        }
    }

    /** Has the program do something, and waits until it stands still again and its collector has come to rest. */
    void does(String command) throws Exception {
        commands.write(command + "\n");
        commands.flush();
        awaitDone();
        settled();
    }

    /** Repeats a command until the GC log is as wanted. */
    void doesUntil(String command, Predicate<GcLog> wanted) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!wanted.test(log())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the collector did not do what was wanted: " + log().text());
            }
            does(command);
        }
    }

    GcLog log() throws IOException {
        return GcLog.of(log);
    }

    JvmCounters counters() throws Exception {
        return JvmCounters.from(PerfData.parse(Files.readAllBytes(hsperfdata())));
    }

    /** The heap as the JVM says it on demand, without a collection. */
    HeapInfo heapInfo() throws Exception {
        Process jcmd = new ProcessBuilder(
                        home.resolve("bin/jcmd").toString(), Long.toString(process.pid()), "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return HeapInfo.parse(text);
    }

    /** Concurrent work goes on for a while after a command; it is over when neither counters nor log have changed for some time. */
    private void settled() {
        StringBuilder before = new StringBuilder();
        await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                .pollInterval(QUIET)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    JvmCounters now = counters();
                    String state = now.collections() + " " + now.heap() + " " + Files.size(log);
                    boolean same = state.contentEquals(before) && !now.torn() && log().isAtRest();
                    before.setLength(0);
                    before.append(state);
                    return same;
                });
    }

    private void awaitDone() throws Exception {
        String answer = CompletableFuture.supplyAsync(() -> {
                    try {
                        String line = answers.readLine();
                        while (line != null && line.contains("warning")) {
                            line = answers.readLine();
                        }
                        return line;
                    } catch (IOException e) {
                        return null;
                    }
                })
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!"done".equals(answer)) {
            throw new AssertionError("the JVM said " + answer + "; " + log().text());
        }
    }

    private Path hsperfdata() throws IOException {
        try (Stream<Path> users = Files.list(Path.of("/tmp"))) {
            return users.filter(user -> user.getFileName().toString().startsWith("hsperfdata_"))
                    .map(user -> user.resolve(Long.toString(process.pid())))
                    .filter(Files::isReadable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no readable /tmp/hsperfdata_*/" + process.pid()));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
