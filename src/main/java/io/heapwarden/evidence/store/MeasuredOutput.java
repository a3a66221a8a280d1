package io.heapwarden.evidence.store;

import io.heapwarden.evidence.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and digests what passes, and stops it when it is too much or nobody waits for it any more. Closing it does nothing: its owner has more to do.
 */
final class MeasuredOutput extends OutputStream {

    private final OutputStream out;
    private final long limit;
    private final BooleanSupplier givenUp;
    private final MessageDigest digest = Digest.sha256();
    private @Nullable StoreException failure;
    private long bytes;

    /** @param givenUp whether the time is over */
    MeasuredOutput(OutputStream out, long limit, BooleanSupplier givenUp) {
        this.out = out;
        this.limit = limit;
        this.givenUp = givenUp;
    }

    /**
     * Lets a source write all of it.
     *
     * @throws StoreException when either of the two fails; also when the source kept a failure of the store to itself
     */
    void fill(BundleSource source) throws StoreException {
        try {
            source.writeTo(this);
        } catch (IOException | RuntimeException thrown) {
            StoreException own = StoreException.in(thrown);
            throw own != null
                    ? own
                    : new StoreException(StoreFailure.SourceFailed, "its source failed: " + thrown.getMessage());
        }
        if (failure != null) {
            throw failure;
        }
        check();
    }

    /** Fails when nobody waits any more. */
    void check() throws StoreException {
        if (givenUp.getAsBoolean()) {
            throw failed(new StoreException(StoreFailure.TimedOut, "the time was over"));
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        check();
        if (length > limit - bytes) {
            throw failed(new StoreException(
                    StoreFailure.TooLarge,
                    "it is longer than the " + limit + " bytes that the store takes of one file; raise maxBytes"));
        }
        try {
            out.write(source, offset, length);
        } catch (IOException | RuntimeException e) {
            throw failed(new StoreException(e));
        }
        digest.update(source, offset, length);
        bytes += length;
    }

    private StoreException failed(StoreException e) {
        failure = e;
        return e;
    }

    long bytes() {
        return bytes;
    }

    /** Digest of all that has passed; to be asked once, at the end. */
    String sha256() {
        return Digest.hex(digest.digest());
    }
}
