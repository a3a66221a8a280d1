package io.heapwarden.telemetry.otlp;

import static org.awaitility.Awaitility.await;

import io.heapwarden.process.ServerProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real OpenTelemetry Collector that writes all it receives into its log. */
public final class CollectorProcess {

    private static final Path SCRIPT = Path.of("src/test/scripts/otel-collector.sh");

    private final Process process;
    private final String address;
    private final int port;
    private final Path log;

    private CollectorProcess(Process process, String address, int port, Path log) {
        this.process = process;
        this.address = address;
        this.port = port;
        this.log = log;
    }

    /** On loopback. */
    static CollectorProcess start(Path scratch) throws IOException, InterruptedException {
        return start(scratch, "127.0.0.1", ServerProgram.freePort());
    }

    /** On an address and port of this machine. */
    public static CollectorProcess start(Path scratch, String address, int port)
            throws IOException, InterruptedException {
        String program = ServerProgram.built(SCRIPT, "OpenTelemetry Collector", scratch);
        Path configuration = Files.writeString(
                scratch.resolve("collector.yml"),
                """
                receivers:
                  otlp:
                    protocols:
                      http:
                        endpoint: %s:%d
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
                        .formatted(address, port));
        Path log = scratch.resolve("collector.log");
        Process process = new ProcessBuilder(program, "--config=" + configuration)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        CollectorProcess started = new CollectorProcess(process, address, port, log);
        await().atMost(Duration.ofSeconds(60)).until(started::listens);
        return started;
    }

    String endpoint() {
        return "http://" + address + ":" + port;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends its process. */
    public void stop() throws InterruptedException {
        ServerProgram.end(process);
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the collector ended with " + process.exitValue() + ": " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
