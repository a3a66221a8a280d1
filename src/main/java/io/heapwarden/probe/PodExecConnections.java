package io.heapwarden.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for exec to the API server. One command is one API call: the client's own exec would list and get the pod first, repeat a refused call until
 * its time-out, and has been seen to hang past it. So only its connection is used here.
 */
final class PodExecConnections {

    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final int CLOSE_NORMALLY = 1000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    private final String server;
    private final HttpClient http;
    private final KubernetesSerialization json;
    private final ApiServerSigns signs;

    /** Opening a connection may read a token's file or ask for a new one, so even that is not done on the caller's thread. */
    private final ExecutorService opener = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("heapwarden-exec-", 0).factory());

    /** @param signs hears how the API server bears it */
    PodExecConnections(KubernetesClient client, ApiServerSigns signs) {
        this.signs = signs;
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.json = client.getKubernetesSerialization();
        this.http = client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /**
     * Begins to open a connection. No thread but the caller's waits for it.
     *
     * @param listener hears what comes
     */
    CompletableFuture<WebSocket> open(
            Target target, List<String> command, Duration timeout, WebSocket.Listener listener) {
        long began = System.nanoTime();
        CompletableFuture<WebSocket> socket = CompletableFuture.supplyAsync(
                        () -> http.newWebSocketBuilder()
                                .subprotocol(PROTOCOL)
                                .uri(uri(target, command))
                                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                                .buildAsync(listener),
                        opener)
                .thenCompose(opening -> opening);
        return socket.whenComplete((opened, failure) -> signs.answered(Duration.ofNanos(System.nanoTime() - began)));
    }

    /** Closes a connection, also when it opens later than anybody waits for it. */
    static void close(CompletableFuture<WebSocket> socket) {
        socket.thenAccept(opened -> opened.sendClose(CLOSE_NORMALLY, "done"));
    }

    /** Why a connection could not be opened. */
    <T> ProbeResult<T> failed(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException handshake) {
                if (handshake.getResponse().code() == TOO_MANY_REQUESTS) {
                    signs.busy(retryAfter(handshake));
                }
                return ExecErrors.of(handshake.getResponse().code(), words(handshake));
            }
        }
        return ExecErrors.of(0, String.valueOf(e.getCause() == null ? e : e.getCause()));
    }

    /** The API server says whole seconds. */
    private static Duration retryAfter(WebSocketHandshakeException handshake) {
        String seconds = handshake.getResponse().header("Retry-After");
        try {
            return seconds == null ? DEFAULT_RETRY_AFTER : Duration.ofSeconds(Long.parseUnsignedLong(seconds.strip()));
        } catch (NumberFormatException | ArithmeticException e) {
            return DEFAULT_RETRY_AFTER;
        }
    }

    /** The message of the answer's Status where there is one, else its text. The client keeps the text in the cause only. */
    private String words(WebSocketHandshakeException handshake) {
        if (!(handshake.getCause() instanceof UpgradeRejectedException rejected) || rejected.getBody() == null) {
            return String.valueOf(handshake.getCause());
        }
        String text = rejected.getBody().toString(StandardCharsets.UTF_8);
        Status status = status(text);
        return status == null || status.getMessage() == null ? text : status.getMessage();
    }

    /** The final status of a command; null when the text is none. */
    @Nullable
    Status status(String text) {
        try {
            return json.unmarshal(text, Status.class);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private URI uri(Target target, List<String> command) {
        StringBuilder uri = new StringBuilder(server)
                .append("/api/v1/namespaces/")
                .append(encoded(target.namespace()))
                .append("/pods/")
                .append(encoded(target.pod()))
                .append("/exec?stdout=true&stderr=true&container=")
                .append(encoded(target.container()));
        command.forEach(word -> uri.append("&command=").append(encoded(word)));
        return URI.create(uri.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
