package io.heapwarden.evidence.chain;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A real JVM that runs {@code src/test/scripts/Holding.java}, with a /tmp of its own and a log of its safepoints. */
public final class HoldingJvm implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;
    private static final Pattern SEARCH = Pattern.compile(".*Safepoint \"JFROldObject\".* Total: +(\\d+) ns.*");

    private final Path home;
    private final Process process;
    private final Path log;
    private final Path temporary;

    private HoldingJvm(Path home, Process process, Path log, Path temporary) {
        this.home = home;
        this.process = process;
        this.log = log;
        this.temporary = temporary;
    }

    public static void compile(Path classes) {
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", classes.toString(), "src/test/scripts/Holding.java");
        if (result != 0) {
            throw new IllegalStateException("Holding.java does not compile");
        }
    }

    public static HoldingJvm start(Path home, Path classes, Path directory, String... options) throws Exception {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Path log = directory.resolve("safepoints.log");
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-Xlog:disable",
                "-Xlog:safepoint:file=" + log));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes.toString(), "Holding"));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        HoldingJvm jvm = new HoldingJvm(home, process, log, temporary);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> firstLine(process));
        try {
            if (!"READY".equals(first.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))) {
                throw new IllegalStateException("the program said " + first.get());
            }
        } catch (Exception e) {
            jvm.close();
            throw e;
        }
        return jvm;
    }

    private static String firstLine(Process process) {
        try {
            BufferedReader reader = process.inputReader();
            String line = reader.readLine();
            while (line != null && line.contains("warning:")) {
                line = reader.readLine();
            }
            return String.valueOf(line);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    LocalCommands commands() {
        return new LocalCommands(home, process.pid());
    }

    /** Its /tmp. */
    public Path temporary() {
        return temporary;
    }

    /** Where it is told to write. */
    String file() {
        return temporary.resolve("chains.jfr").toString();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Nanoseconds of every pause in which it looked for old objects, by its own log. */
    public List<Long> searches() throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(SEARCH::matcher)
                    .filter(Matcher::matches)
                    .map(search -> Long.parseLong(search.group(1)))
                    .toList();
        }
    }

    /** What is in its /tmp and its working directory that was not there before. */
    public List<String> leftBehind() throws Exception {
        try (Stream<Path> mine = Files.list(temporary);
                Stream<Path> working = Files.list(temporary.getParent())) {
            return Stream.concat(mine, working.filter(path -> !path.equals(temporary) && !path.equals(log)))
                    .map(Path::toString)
                    .filter(path -> !path.contains(".attach_pid") && !path.contains(".java_pid"))
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
