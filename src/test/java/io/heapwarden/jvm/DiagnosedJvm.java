package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM that runs src/test/scripts/Diagnosed.java, ended with the test. */
public final class DiagnosedJvm implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 120;
    private static final Path PROGRAM = Path.of("src/test/scripts/Diagnosed.java");

    private final Process process;

    private DiagnosedJvm(Process process) {
        this.process = process;
    }

    /**
     * @param home of its JDK, which also compiles the program
     * @param directory where to
     */
    public static DiagnosedJvm start(Path home, Path directory, String... options) throws Exception {
        Process javac = new ProcessBuilder(
                        home.resolve("bin/javac").toString(),
                        "-Xlint:none",
                        "-encoding",
                        "UTF-8",
                        "-d",
                        directory.toString(),
                        PROGRAM.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("javac.txt").toFile())
                .start();
        assertThat(javac.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(javac.exitValue()).isZero();
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx64m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", directory.toString(), "Diagnosed"));
        DiagnosedJvm jvm = new DiagnosedJvm(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> jvm.drain(ready));
        try {
            ready.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            jvm.close();
            throw e;
        }
        return jvm;
    }

    private void drain(CompletableFuture<Void> ready) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.equals("READY")) {
                    ready.complete(null);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // It was ended.
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready: " + lines));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
