package io.heapwarden.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads what commands in containers write as a stream, through the API server's exec. */
public final class PodExecStreams implements StreamRunner {

    private static final Duration TO_OPEN = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final PodExecConnections connections;

    /** @param signs hears how the API server bears it */
    public PodExecStreams(KubernetesClient client, ApiServerSigns signs) {
        this.connections = new PodExecConnections(client, signs);
    }

    @Override
    public ProbeResult<InputStream> open(Target target, List<String> command, Duration limit) {
        ExecPipe pipe = new ExecPipe(this::verdict, limit, SILENCE);
        Duration patience = limit.compareTo(TO_OPEN) < 0 ? limit : TO_OPEN;
        CompletableFuture<WebSocket> socket = connections.open(target, command, patience, pipe.listener());
        pipe.closedBy(socket);
        boolean open = false;
        try {
            socket.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            open = true;
            return new Success<>(pipe);
        } catch (TimeoutException e) {
            return new Failure<>(FailureReason.TimedOut, "no connection within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            return connections.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.Unavailable, "interrupted while waiting for a connection");
        } finally {
            if (!open) {
                pipe.close();
            }
        }
    }

    /** Why a command failed, by its final status. */
    private @Nullable String verdict(String text) {
        Status status = connections.status(text);
        if (status == null) {
            return "the API server ended the command without a status: " + Frame.shortened(text);
        }
        return "Success".equals(status.getStatus())
                ? null
                : "the command in the container failed: " + Frame.shortened(String.valueOf(status.getMessage()));
    }
}
