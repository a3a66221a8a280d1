package io.heapwarden.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before the S3 server of {@link NodeServers} and, while it is armed, has something happen in the middle of each upload: when the first
 * kilobytes of what is put have gone through. A server that is away is waited for, so that each upload begins with one that is there.
 */
final class UploadRelay implements AutoCloseable {

    private static final int BEFORE = 4096;
    private static final byte[] PUT = "PUT ".getBytes(StandardCharsets.US_ASCII);
    private static final long LOOK_NANOS = 50_000_000;

    private final ServerSocket socket;
    private final Runnable fault;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger hits = new AtomicInteger();
    private volatile boolean armed = true;

    UploadRelay(Runnable fault) {
        this.fault = fault;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.execute(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** How many uploads were hit. */
    int hits() {
        return hits.get();
    }

    /** From now on all goes through. */
    void disarm() {
        armed = false;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        while (!NodeServers.listens(NodeServers.S3_PORT)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try (client;
                Socket server = new Socket(NodeServers.ADDRESS, NodeServers.S3_PORT)) {
            threads.execute(() -> copy(server, client, false));
            copy(client, server, true);
        } catch (IOException ended) {
            // What the operator sees of it is a connection that was reset.
        }
    }

    private void copy(Socket from, Socket to, boolean uploads) {
        byte[] buffer = new byte[2048];
        long put = -1;
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                boolean begins = uploads && beginsPut(buffer, read);
                put = begins ? read : put < 0 ? put : put + read;
                if (armed && put >= BEFORE) {
                    put = -1;
                    hits.incrementAndGet();
                    fault.run();
                }
            }
        } catch (IOException ended) {
            // The other direction ends by it.
        }
    }

    private static boolean beginsPut(byte[] buffer, int read) {
        return read >= PUT.length && java.util.Arrays.equals(buffer, 0, PUT.length, PUT, 0, PUT.length);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.shutdownNow();
    }
}
