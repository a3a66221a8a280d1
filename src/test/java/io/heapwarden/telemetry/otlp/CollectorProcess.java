package io.heapwarden.telemetry.otlp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real OpenTelemetry Collector on loopback that writes all it receives into its log. */
final class CollectorProcess {

    private static final Path SCRIPT = Path.of("src/test/scripts/otel-collector.sh");
    private static final int MINUTES_TO_BUILD = 25;

    private final Process process;
    private final int port;
    private final Path log;

    private CollectorProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static CollectorProcess start(Path scratch) throws IOException, InterruptedException {
        String program = program(scratch);
        int port = freePort();
        Path configuration = Files.writeString(
                scratch.resolve("collector.yml"),
                """
                receivers:
                  otlp:
                    protocols:
                      http:
                        endpoint: 127.0.0.1:%d
                exporters:
                  debug:
                    verbosity: detailed
                service:
                  telemetry:
                    metrics:
                      level: none
                  pipelines:
                    traces:
                      receivers: [otlp]
                      exporters: [debug]
                """
                        .formatted(port));
        Path log = scratch.resolve("collector.log");
        Process process = new ProcessBuilder(program, "--config=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        CollectorProcess started = new CollectorProcess(process, port, log);
        await().atMost(Duration.ofSeconds(60)).until(started::listens);
        return started;
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends its process. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the collector ended with " + process.exitValue() + ": " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String program(Path scratch) throws IOException, InterruptedException {
        Path out = scratch.resolve("program.out");
        Path trouble = scratch.resolve("program.err");
        Process script = new ProcessBuilder(SCRIPT.toString())
                .redirectOutput(out.toFile())
                .redirectError(trouble.toFile())
                .start();
        boolean ended = script.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES);
        if (!ended) {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly().waitFor();
        }
        boolean there = ended && script.exitValue() == 0;
        assumeTrue(there, () -> "no OpenTelemetry Collector: " + lastLine(trouble));
        return Files.readString(out).strip();
    }

    private static String lastLine(Path file) {
        try {
            return Files.readString(file).strip().lines().reduce("", (before, line) -> line);
        } catch (IOException e) {
            return SCRIPT + " said nothing";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
