package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FalcoSetupTest {

    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void whereNothingIsSetNothingListensAndThatIsSaid() {
        FalcoSetup setup = setup(false, 0, null, null);
        setup.start();

        assertThat(setup.listens()).isFalse();
        assertThat(setup.obstacle()).contains("listens to no Falco", "security.falco");
    }

    @Test
    void anEventThatIsPostedIsHandedOn() throws Exception {
        int port = FalcoSettings.freePort();
        FalcoSetup setup = setup(true, port, token(TOKEN), null);
        setup.start();
        try {
            assertThat(setup.obstacle()).isEmpty();
            assertThat(post(port)).isEqualTo(204);
            await().atMost(Duration.ofSeconds(10)).until(() -> handled.contains("shop/checkout: Shell"));
        } finally {
            setup.stop();
        }
    }

    @Test
    void aTokenThatCannotBeReadIsSaidAndStopsNothingElse() {
        FalcoSetup setup = setup(true, 0, directory.resolve("none").toString(), null);
        setup.start();

        assertThat(setup.obstacle()).contains("token", "none");
    }

    @Test
    void onceTheTokenIsThereItListens() throws Exception {
        int port = FalcoSettings.freePort();
        FalcoSetup setup = setup(true, port, directory.resolve("token").toString(), null);
        assertThat(setup.start()).isFalse();
        token(TOKEN);

        try {
            assertThat(setup.start()).isTrue();
            assertThat(setup.obstacle()).isEmpty();
            assertThat(post(port)).isEqualTo(204);
        } finally {
            setup.stop();
        }
    }

    @Test
    void anAddressThatIsNoneKeepsNoEventFromComingAnotherWay() throws Exception {
        int port = FalcoSettings.freePort();
        FalcoSetup setup = setup(true, port, token(TOKEN), List.of("falco"));
        try {
            assertThat(setup.start()).isTrue();
            assertThat(setup.obstacle()).contains("heapwarden.falco.grpc has falco");
            assertThat(post(port)).isEqualTo(204);
        } finally {
            setup.stop();
        }
    }

    @Test
    void anAddressThatIsNoneIsSaid() {
        FalcoSetup setup = setup(false, 0, null, List.of("falco"));
        setup.start();

        assertThat(setup.obstacle()).contains("heapwarden.falco.grpc has falco", "unix:///");
        setup.stop();
    }

    private FalcoSetup setup(boolean http, int port, @Nullable String tokenFile, @Nullable List<String> grpc) {
        return new FalcoSettings(http, port, Optional.ofNullable(tokenFile), Optional.ofNullable(grpc))
                .setup(
                        vertx,
                        (pod, container, event) ->
                                handled.add(pod.namespace() + "/" + pod.name() + ": " + event.rule()));
    }

    private String token(String token) throws IOException {
        return Files.writeString(directory.resolve("token"), token + "\n").toString();
    }

    private static int post(int port) throws Exception {
        String event =
                """
                {"time":"%s","rule":"Shell","priority":"Critical","output":"x","output_fields":{"k8s.ns.name":"shop","k8s.pod.name":"checkout"}}"""
                        .formatted(Instant.now());
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/falco/" + TOKEN))
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(10))
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
