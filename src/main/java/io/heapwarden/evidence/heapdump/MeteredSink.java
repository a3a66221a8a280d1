package io.heapwarden.evidence.heapdump;

import io.heapwarden.evidence.heapdump.TransferEnding.Incomplete;
import io.heapwarden.evidence.heapdump.TransferEnding.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Counts and digests what is written, up to a limit, and remembers what kept it from writing. One thread writes; another may {@link #seal} it at any
 * time, without waiting for a write that is under way.
 */
final class MeteredSink extends OutputStream {

    private final OutputStream out;
    private final long limit;
    private final MessageDigest digest;
    private long count;
    private boolean sealed;
    private @Nullable Incomplete refusal;

    MeteredSink(OutputStream out, long limit) {
        this.out = out;
        this.limit = limit;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What was handed on, up to the moment from which nothing is. */
    record Written(String sha256, long bytes) {}

    /** Lets nothing through from now on; to be called once. */
    synchronized Written seal() {
        sealed = true;
        return new Written(HexFormat.of().formatHex(digest.digest()), count);
    }

    /** Why nothing can be written any more; null while it can. */
    synchronized @Nullable Incomplete refusal() {
        return refusal;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        admit(bytes, offset, length);
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    /** Leaves the sink open: it is its owner's to close, who also knows whether to keep what is in it. */
    @Override
    public void close() throws IOException {
        flush();
    }

    private synchronized void admit(byte[] bytes, int offset, int length) throws IOException {
        if (sealed) {
            throw new IOException("the transfer has been given up");
        }
        if (refusal != null) {
            throw new IOException(refusal.sentence());
        }
        if (length > limit - count) {
            throw refuse(
                    Reason.SizeLimit,
                    "The dump takes more than the " + limit
                            + " bytes that may be written: raise the limit, or write it elsewhere",
                    null);
        }
        digest.update(bytes, offset, length);
        count += length;
    }

    private void attempt(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            throw refuse(Reason.SinkFailed, "Writing the dump failed: " + e, e);
        }
    }

    private synchronized IOException refuse(Reason reason, String sentence, @Nullable IOException cause) {
        if (refusal == null) {
            refusal = new Incomplete(reason, sentence);
        }
        return new IOException(sentence, cause);
    }

    private interface Writing {
        void run() throws IOException;
    }
}
