package io.heapwarden.probe;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One exec over a WebSocket, protocol v4.channel.k8s.io: the first byte of each message is its channel, 1 output, 2 error output, 3 the final
 * status. Every message is taken at once, wanted or not.
 */
final class ExecStream implements WebSocket.Listener {

    private static final int ERROR_CAP = 4096;
    private static final int STATUS_CAP = 65536;

    /** The status comes last, and the other side closes then; how long to wait for that. */
    private static final long GRACE_MILLIS = 1000;

    private final CappedBytes output;
    private final CappedBytes error = new CappedBytes(ERROR_CAP);
    private final CappedBytes status = new CappedBytes(STATUS_CAP);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean closed;

    ExecStream(int outputCap) {
        this.output = new CappedBytes(outputCap);
    }

    /** Completes when nothing more comes; exceptionally when the connection failed. */
    CompletableFuture<Void> done() {
        return done;
    }

    CappedBytes output() {
        return output;
    }

    String error() {
        return error.text();
    }

    /** The final status as JSON; empty when the connection ended without. */
    String status() {
        return status.text();
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        if (message.hasRemaining()) {
            switch (message.get()) {
                case 1 -> output.add(message);
                case 2 -> error.add(message);
                case 3 -> {
                    status.add(message);
                    endSoon();
                }
                default -> {}
            }
        }
        socket.request();
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
        onMessage(socket, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        if (status.text().isEmpty()) {
            // The client may tell of the end before it has handed over the messages that came before it.
            closed = true;
            endSoon();
        } else {
            done.complete(null);
        }
    }

    private void endSoon() {
        if (closed && !status.text().isEmpty()) {
            done.complete(null);
        } else {
            done.completeOnTimeout(null, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        done.completeExceptionally(failure);
    }
}
