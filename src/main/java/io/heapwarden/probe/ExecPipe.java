package io.heapwarden.probe;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One exec over a WebSocket whose output is read as a stream, protocol v4.channel.k8s.io as in {@link ExecStream}. The next message is asked for only while
 * little is kept, so that a slow reader holds up the connection and with it the command. The end is the final status that says success, and nothing else.
 */
final class ExecPipe extends InputStream {

    /** No more messages are asked for from here on. The API server's have up to 32 KiB. */
    static final int ENOUGH = 512 << 10;

    /** One message on top of that, at most: no more is ever kept. */
    static final int LARGEST_MESSAGE = 512 << 10;

    /** After the connection has ended, what came before may still be on its way within the client. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int ERROR_CAP = 4096;
    private static final int STATUS_CAP = 65536;

    private final Function<String, @Nullable String> verdict;
    private final Duration silence;
    private final long deadline;
    private final CappedBytes error = new CappedBytes(ERROR_CAP);
    private final CappedBytes status = new CappedBytes(STATUS_CAP);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer> kept = new ArrayDeque<>();
    private int bytes;
    private int mostBytes;
    private @Nullable WebSocket held;
    private @Nullable CompletableFuture<WebSocket> socket;
    private boolean closed;
    private boolean ended;
    private @Nullable IOException failure;

    /**
     * @param verdict tells from the final status why the command failed; null where it ended well
     * @param limit from here to the last byte
     * @param silence the longest wait for the next byte
     */
    ExecPipe(Function<String, @Nullable String> verdict, Duration limit, Duration silence) {
        this.verdict = verdict;
        this.silence = silence;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Hears what comes. Never waits: it is called by the client's only thread for the connection. */
    WebSocket.Listener listener() {
        return new WebSocket.Listener() {
            @Override
            public void onMessage(WebSocket from, ByteBuffer message) {
                take(from, message);
            }

            @Override
            public void onMessage(WebSocket from, String message) {
                take(from, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public void onClose(WebSocket from, int code, String reason) {
                change(() -> closed = true);
            }

            @Override
            public void onError(WebSocket from, Throwable cause) {
                fail("the connection to the container was lost: " + cause);
            }
        };
    }

    /** Says which connection ends with the stream. */
    void closedBy(CompletableFuture<WebSocket> opening) {
        change(() -> socket = opening);
    }

    /** The most bytes that were ever kept. */
    int mostBytes() {
        return mostBytes;
    }

    private String said() {
        String words = error.text().strip();
        return words.isEmpty() ? "" : ": " + Frame.shortened(words);
    }

    private void take(WebSocket from, ByteBuffer message) {
        int channel = message.hasRemaining() ? message.get() : 0;
        if (message.remaining() > LARGEST_MESSAGE) {
            fail("the container sent a message of %d bytes".formatted(message.remaining()));
            return;
        }
        boolean more = true;
        lock.lock();
        try {
            switch (channel) {
                case 1 -> {
                    if (failure != null) {
                        return;
                    }
                    // The client uses its buffer again.
                    kept.add(ByteBuffer.allocate(message.remaining())
                            .put(message)
                            .flip());
                    bytes += kept.getLast().remaining();
                    mostBytes = Math.max(mostBytes, bytes);
                }
                case 2 -> error.add(message);
                case 3 -> {
                    status.add(message);
                    ended = true;
                }
                default -> {}
            }
            if (bytes >= ENOUGH) {
                held = from;
                more = false;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (more) {
            from.request();
        }
    }

    private void fail(String message) {
        change(() -> failure = failure == null ? new IOException(message) : failure);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        WebSocket waiting = null;
        lock.lock();
        try {
            ByteBuffer next = next();
            if (next == null) {
                return -1;
            }
            int read = Math.min(length, next.remaining());
            next.get(into, offset, read);
            bytes -= read;
            if (!next.hasRemaining()) {
                kept.removeFirst();
            }
            if (bytes < ENOUGH / 2) {
                waiting = held;
                held = null;
            }
            return read;
        } finally {
            lock.unlock();
            if (waiting != null) {
                waiting.request();
            }
        }
    }

    /** Waits for output; null at its end. */
    private @Nullable ByteBuffer next() throws IOException {
        long quiet = System.nanoTime() + silence.toNanos();
        long grace = Long.MAX_VALUE;
        while (true) {
            long now = System.nanoTime();
            if (deadline - now <= 0) {
                throw new IOException("the time for reading from the container has passed");
            }
            ByteBuffer first = kept.peekFirst();
            if (first != null && first.hasRemaining()) {
                return first;
            }
            if (first != null) {
                kept.removeFirst();
                continue;
            }
            if (ended) {
                String bad = verdict.apply(status.text());
                if (bad != null) {
                    throw new IOException(bad + said());
                }
                return null;
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (closed && grace == Long.MAX_VALUE) {
                grace = now + GRACE.toNanos();
            }
            if (closed && grace - now <= 0) {
                throw new IOException(
                        "the connection to the container ended before its command did: it was cut, or the container ended");
            }
            if (quiet - now <= 0) {
                throw new IOException("nothing came from the container for " + silence.toSeconds() + " s");
            }
            await(Math.min(Math.min(deadline - now, quiet - now), closed ? grace - now : Long.MAX_VALUE));
        }
    }

    private void await(long nanos) throws IOException {
        try {
            var unused = changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the container", e);
        }
    }

    @Override
    public void close() {
        change(() -> {
            failure = new IOException("the stream is closed");
            kept.clear();
            bytes = 0;
            ended = false;
        });
        CompletableFuture<WebSocket> opening = socket;
        if (opening != null) {
            PodExecConnections.close(opening);
        }
    }
}
