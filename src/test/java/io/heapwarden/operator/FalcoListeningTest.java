package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient(crud = true)
class FalcoListeningTest {

    private static final String NAMESPACE = "heapwarden-system";
    private static final String OWN = "heapwarden-0";
    private static final Duration OFTEN = Duration.ofMillis(50);

    @TempDir
    Path directory;

    KubernetesClient client;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void whatIsMissingAtFirstAndTakenAwayLaterIsPutRight() throws Exception {
        Path token = directory.resolve("token");
        int port = FalcoSettings.freePort();
        FalcoSetup setup = new FalcoSettings(true, port, Optional.of(token.toString()), Optional.empty())
                .setup(vertx, (pod, container, event) -> {});
        FalcoListening listening = new FalcoListening(setup, new LeaderLabel(client, NAMESPACE, OWN), OFTEN, OFTEN);
        listening.begin();
        try {
            await().during(Duration.ofMillis(300)).until(() -> !answers(port));

            Files.writeString(token, "0123456789abcdef");
            await().until(() -> answers(port));

            client.resource(new PodBuilder()
                            .withNewMetadata()
                            .withNamespace(NAMESPACE)
                            .withName(OWN)
                            .endMetadata()
                            .build())
                    .create();
            await().until(this::marked);

            client.pods().inNamespace(NAMESPACE).withName(OWN).edit(pod -> pod.edit()
                    .editMetadata()
                    .withLabels(Map.of())
                    .endMetadata()
                    .build());
            await().until(this::marked);
        } finally {
            listening.end();
        }
        assertThat(answers(port)).isFalse();
    }

    private boolean marked() {
        return !client.pods()
                .inNamespace(NAMESPACE)
                .withLabel(LeaderLabel.LABEL, "true")
                .list()
                .getItems()
                .isEmpty();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
