package io.heapwarden.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The API server of the cluster that {@code make cluster} brought up on this machine, as a process that can be stopped and killed. */
final class ApiServerProcess {

    private static final Path PID = Path.of("/run/heapwarden/apiserver.pid");
    private static final Path LOG = Path.of("/run/heapwarden/log/apiserver.log");

    private ApiServerProcess() {}

    /** Whether the cluster is one of this machine. */
    static boolean isHere() {
        return Files.isReadable(PID);
    }

    /** Keeps it from running on: connections stay open, nothing is answered. */
    static void stop() {
        run("kill", "-STOP", pid());
    }

    static void goOn() {
        run("kill", "-CONT", pid());
    }

    /** Kills it and starts it again by the same command. */
    static void restart() {
        try {
            String commandLine = Files.readString(Path.of("/proc", pid(), "cmdline"), StandardCharsets.UTF_8);
            List<String> command =
                    new ArrayList<>(List.of("setsid", "bash", "-c", "echo $$ > \"$0\"; exec \"$@\"", PID.toString()));
            command.addAll(List.of(commandLine.split("\0")));
            ProcessHandle before = ProcessHandle.of(Long.parseLong(pid())).orElseThrow();
            before.destroyForcibly();
            before.onExit().join();
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String pid() {
        try {
            return Files.readString(PID).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void run(String... command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
