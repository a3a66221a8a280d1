package io.heapwarden.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands in containers through the API server's exec, as kubectl does. */
public final class PodExecRunner implements CommandRunner {

    private static final String NON_ZERO = "NonZeroExitCode";
    private static final int MESSAGE_CAP = 1000;

    private final PodExecConnections connections;

    public PodExecRunner(KubernetesClient client) {
        this(client, ApiServerSigns.IGNORED);
    }

    /** @param signs hears how the API server bears it */
    public PodExecRunner(KubernetesClient client, ApiServerSigns signs) {
        this.connections = new PodExecConnections(client, signs);
    }

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        ExecStream stream = new ExecStream(outputCap);
        CompletableFuture<WebSocket> socket = connections.open(target, command, timeout, stream);
        socket.whenComplete((opened, failure) -> {
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
            return connections.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.Unavailable, "interrupted while waiting for an answer");
        } finally {
            PodExecConnections.close(socket);
        }
    }

    private ProbeResult<CommandOutput> result(ExecStream stream) {
        CommandOutput output =
                new CommandOutput(stream.output().bytes(), stream.output().truncated(), stream.error());
        if (stream.status().isEmpty()) {
            return new Failure<>(FailureReason.Unavailable, "the connection ended before the answer was complete");
        }
        Status status = connections.status(stream.status());
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
}
