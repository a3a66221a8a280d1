package io.heapwarden.response.notify;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.process.ServerProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Alertmanager on loopback that hands every alert on to a webhook of the test, within a second or two. */
final class AlertmanagerProcess {

    private static final Path SCRIPT = Path.of("src/test/scripts/alertmanager.sh");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private AlertmanagerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts one.
     *
     * @param scratch for its configuration and what it stores
     * @param webhook where it sends notifications to
     */
    static AlertmanagerProcess start(Path scratch, String webhook) throws IOException, InterruptedException {
        String program = ServerProgram.built(SCRIPT, "Alertmanager", scratch);
        Path configuration = Files.writeString(
                scratch.resolve("alertmanager.yml"),
                """
                route:
                  receiver: test
                  group_by: ['...']
                  group_wait: 1ms
                  group_interval: 500ms
                  repeat_interval: 1h
                receivers:
                - name: test
                  webhook_configs:
                  - url: %s
                    send_resolved: true
                """
                        .formatted(webhook));
        int port = ServerProgram.freePort();
        Process process = new ProcessBuilder(
                        program,
                        "--config.file=" + configuration,
                        "--storage.path=" + scratch.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("alertmanager.log").toFile())
                .start();
        AlertmanagerProcess started = new AlertmanagerProcess(process, "http://127.0.0.1:" + port);
        await().atMost(Duration.ofSeconds(60)).until(started::isReady);
        return started;
    }

    String url() {
        return url;
    }

    /** The alerts it takes for firing. */
    List<JsonNode> alerts() throws IOException, InterruptedException {
        JsonNode all = JSON.readTree(get("/api/v2/alerts").body());
        List<JsonNode> alerts = new ArrayList<>();
        all.forEach(alerts::add);
        return alerts;
    }

    /** Ends its process. */
    void stop() throws InterruptedException {
        http.shutdownNow();
        ServerProgram.end(process);
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("Alertmanager ended with " + process.exitValue());
        }
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
