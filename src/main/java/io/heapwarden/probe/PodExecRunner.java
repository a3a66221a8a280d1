package io.heapwarden.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in containers through the API server's exec, as kubectl does. One command is one API call: the client's own exec would list and
 * get the pod first, repeat a refused call until its time-out, and has been seen to hang past it. So only its connection is used here, and
 * no thread but the caller's waits for it.
 */
public final class PodExecRunner implements CommandRunner {

    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final String NON_ZERO = "NonZeroExitCode";
    private static final int CLOSE_NORMALLY = 1000;
    private static final int MESSAGE_CAP = 1000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(1);

    private final String server;
    private final HttpClient http;
    private final KubernetesSerialization json;
    private final ApiServerSigns signs;

    /** Opening a connection may read a token's file or ask for a new one, so even that is not done on the caller's thread. */
    private final ExecutorService opener = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("heapwarden-exec-", 0).factory());

    public PodExecRunner(KubernetesClient client) {
        this(client, ApiServerSigns.IGNORED);
    }

    /** @param signs hears how the API server bears it */
    public PodExecRunner(KubernetesClient client, ApiServerSigns signs) {
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

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        ExecStream stream = new ExecStream(outputCap);
        long began = System.nanoTime();
        CompletableFuture<WebSocket> socket = CompletableFuture.supplyAsync(
                        () -> http.newWebSocketBuilder()
                                .subprotocol(PROTOCOL)
                                .uri(uri(target, command))
                                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                                .buildAsync(stream),
                        opener)
                .thenCompose(opening -> opening);
        socket.whenComplete((opened, failure) -> {
            signs.answered(Duration.ofNanos(System.nanoTime() - began));
            if (failure != null) {
                stream.done().completeExceptionally(failure);
            }
        });
        try {
            stream.done().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return result(stream);
        } catch (TimeoutException e) {
            return new Failure<>(FailureReason.TimedOut, "no complete answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.Unavailable, "interrupted while waiting for an answer");
        } finally {
            // Also when it opens later than anybody waits for it.
            socket.thenAccept(opened -> opened.sendClose(CLOSE_NORMALLY, "done"));
        }
    }

    private ProbeResult<CommandOutput> result(ExecStream stream) {
        CommandOutput output =
                new CommandOutput(stream.output().bytes(), stream.output().truncated(), stream.error());
        if (stream.status().isEmpty()) {
            return output.standardOutput().length > 0
                    ? new Success<>(output)
                    : new Failure<>(FailureReason.Unavailable, "the connection ended before there was an answer");
        }
        Status status = status(stream.status());
        if (status == null || "Success".equals(status.getStatus())) {
            return new Success<>(output);
        }
        String message = String.valueOf(status.getMessage());
        if (!NON_ZERO.equals(status.getReason())) {
            return ExecErrors.of(0, message);
        }
        String said = new String(
                        output.standardOutput(),
                        0,
                        Math.min(MESSAGE_CAP, output.standardOutput().length),
                        StandardCharsets.UTF_8)
                + output.standardError();
        return ExecErrors.meansNoShell(message, said) ? ExecErrors.noShell() : new Success<>(output);
    }

    private ProbeResult<CommandOutput> failed(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException handshake) {
                if (handshake.getResponse().code() == TOO_MANY_REQUESTS) {
                    signs.busy(retryAfter(handshake));
                }
                return ExecErrors.of(handshake.getResponse().code(), words(handshake));
            }
        }
        return ExecErrors.of(0, String.valueOf(e.getCause()));
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

    private @Nullable Status status(String text) {
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
