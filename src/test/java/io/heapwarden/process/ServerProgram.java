package io.heapwarden.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real server that a script of src/test/scripts builds once and a test runs on loopback. */
public final class ServerProgram {

    private static final int MINUTES_TO_BUILD = 25;
    private static final int SECONDS_TO_END = 20;

    private ServerProgram() {}

    /**
     * Has it built where it is not yet; the test is skipped where it cannot be.
     *
     * @param script prints the program's path
     * @param name of the server, for whoever reads why a test was skipped
     * @param scratch for what the script prints
     */
    public static String built(Path script, String name, Path scratch) throws IOException, InterruptedException {
        Path out = scratch.resolve("program.out");
        Path trouble = scratch.resolve("program.err");
        Process building = new ProcessBuilder(script.toString())
                .redirectOutput(out.toFile())
                .redirectError(trouble.toFile())
                .start();
        boolean ended = building.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES);
        if (!ended) {
            building.descendants().forEach(ProcessHandle::destroyForcibly);
            building.destroyForcibly().waitFor();
        }
        boolean there = ended && building.exitValue() == 0;
        assumeTrue(there, () -> "no " + name + ": " + lastLine(script, trouble));
        return Files.readString(out).strip();
    }

    /** A port of loopback that nobody listens on just now. */
    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Ends it, in order if it does so in time. */
    public static void end(Process server) throws InterruptedException {
        server.destroy();
        if (!server.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    private static String lastLine(Path script, Path file) {
        try {
            return Files.readString(file).strip().lines().reduce("", (before, line) -> line);
        } catch (IOException e) {
            return script + " said nothing";
        }
    }
}
