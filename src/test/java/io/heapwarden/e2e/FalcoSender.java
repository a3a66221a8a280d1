package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.tryKubectl;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Sends events to the receiver in the cluster as Falco's http_output does. */
final class FalcoSender {

    static final String TOKEN = "e2e-token-of-falco-0123456789";

    /** Settings of the chart that have events received. */
    static final String SETTINGS = "security.falco.http.enabled=true,security.falco.http.tokenSecret=falco-token";

    private static final int PORT = 2802;
    private static final int NOT_AN_EVENT = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI receiver;

    /**
     * Waits until somebody listens: the Service goes to the replica that leads, once it does.
     *
     * @param namespace where Heapwarden is installed
     */
    static FalcoSender toService(String namespace) {
        return new FalcoSender(
                namespace,
                CLIENT.services()
                        .inNamespace(namespace)
                        .withName("heapwarden-falco")
                        .get()
                        .getSpec()
                        .getClusterIP());
    }

    /** Waits until the only replica listens, whether the Service finds it or not. */
    static FalcoSender toPod(String namespace) {
        return new FalcoSender(
                namespace,
                CLIENT.pods()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/name", "heapwarden")
                        .list()
                        .getItems()
                        .getFirst()
                        .getStatus()
                        .getPodIP());
    }

    private FalcoSender(String namespace, String address) {
        receiver = URI.create("http://" + address + ":" + PORT + "/falco/" + TOKEN);
        AtomicReference<String> last = new AtomicReference<>("none yet");
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> listens(last));
        } catch (ConditionTimeoutException silent) {
            throw new AssertionError(
                    "the receiver at %s: %s; %s".formatted(address, last.get(), whatIsKnown(namespace)), silent);
        }
    }

    private boolean listens(AtomicReference<String> last) {
        try {
            int status = send("no event");
            last.set("status " + status);
            return status == NOT_AN_EVENT;
        } catch (IllegalStateException unanswered) {
            last.set(unanswered.getMessage() + ": " + unanswered.getCause());
            return false;
        }
    }

    /** The release is gone before anybody can look: what the way to the receiver hangs on, and what the operator says of it. In one line, as many print no more. */
    private static String whatIsKnown(String namespace) {
        String log = tryKubectl("logs", "-n", namespace, "deployment/heapwarden", "--tail=-1")
                .text()
                .lines()
                .filter(line -> line.contains("Falco") || line.contains("WARN") || line.contains("ERROR"))
                .collect(Collectors.joining(" / "));
        String objects = tryKubectl(
                        "get", "pods,services,endpointslices", "-n", namespace, "-o", "wide", "--show-labels")
                .text()
                .replaceAll(" +", " ")
                .replace("\n", " / ");
        return "the operator says: " + log + "; there is: " + objects;
    }

    /** Makes the Secret that {@link #SETTINGS} name. */
    static void token(String namespace) {
        CLIENT.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("falco-token")
                        .endMetadata()
                        .withStringData(Map.of("token", TOKEN))
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    /** Sends an event of a pod's first container; returns the status of the answer. */
    int send(Pod pod, String rule, String priority) {
        return send(event(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getStatus().getContainerStatuses().getFirst().getContainerID(),
                rule,
                priority));
    }

    int send(String json) {
        try {
            return http.send(
                            HttpRequest.newBuilder(receiver)
                                    .header("Content-Type", "application/json")
                                    .timeout(Duration.ofSeconds(10))
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException failure) {
            throw new IllegalStateException("the receiver at " + receiver.getHost() + " does not answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** An event as Falco writes it. */
    static String event(String namespace, String pod, String containerId, String rule, String priority) {
        String id = containerId.substring(containerId.lastIndexOf('/') + 1).substring(0, 12);
        return """
                {"hostname":"node-1","output":"%4$s","output_fields":{"container.id":"%3$s","container.name":"app","evt.time":1790000000000000000,
                "k8s.ns.name":"%1$s","k8s.pod.name":"%2$s","proc.name":"sh","proc.pname":"java","user.name":"nobody"},
                "priority":"%5$s","rule":"%4$s","source":"syscall","tags":["container","mitre_execution"],"time":"%6$s"}
                """
                .formatted(namespace, pod, id, rule, priority, Instant.now());
    }
}
