package io.heapwarden.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of a stream and counts the rest away, so that its writer never waits. */
final class CappedBytes {

    private static final int CHUNK = 8192;

    private final int cap;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    CappedBytes(int cap) {
        this.cap = cap;
    }

    synchronized void add(ByteBuffer bytes) {
        int room = Math.min(bytes.remaining(), cap - kept.size());
        truncated |= room < bytes.remaining();
        byte[] taken = new byte[room];
        bytes.get(taken);
        kept.writeBytes(taken);
    }

    /** Reads a stream to its end. */
    void addAll(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            add(ByteBuffer.wrap(chunk, 0, read));
        }
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    synchronized boolean truncated() {
        return truncated;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
