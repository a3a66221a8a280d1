package io.heapwarden.evidence.heapdump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what is read, and remembers how reading failed. */
final class MeteredSource extends FilterInputStream {

    private final AtomicLong count = new AtomicLong();
    private @Nullable IOException failure;

    MeteredSource(InputStream in) {
        super(in);
    }

    /** Bytes read so far; may be asked by any thread. */
    long count() {
        return count.get();
    }

    /** How reading failed; null when it did not. For the reading thread. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read whole buffers");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = in.read(bytes, offset, length);
            count.addAndGet(Math.max(0, read));
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
