package io.heapwarden.telemetry.otlp;

import static org.awaitility.Awaitility.await;

import io.heapwarden.process.ServerProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real OpenTelemetry Collector on loopback that writes all it receives into its log. */
final class CollectorProcess {

    private static final Path SCRIPT = Path.of("src/test/scripts/otel-collector.sh");

    private final Process process;
    private final int port;
    private final Path log;

    private CollectorProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static CollectorProcess start(Path scratch) throws IOException, InterruptedException {
        String program = ServerProgram.built(SCRIPT, "OpenTelemetry Collector", scratch);
        int port = ServerProgram.freePort();
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
        ServerProgram.end(process);
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
}
