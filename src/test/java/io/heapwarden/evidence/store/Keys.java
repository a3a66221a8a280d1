package io.heapwarden.evidence.store;

import io.heapwarden.evidence.Digest;
import io.heapwarden.evidence.store.PutOutcome.NotStored;
import io.heapwarden.evidence.store.PutOutcome.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/** Keys and sources for tests of stores. */
final class Keys {

    static final Instant NOW = Instant.parse("2026-11-26T02:15:00Z");
    static final Duration LONG = Duration.ofMinutes(2);

    private Keys() {}

    static EvidenceKey bundle(String workload, Instant at) {
        return key(workload, at, EvidenceFile.Bundle);
    }

    static EvidenceKey key(String workload, Instant at, EvidenceFile file) {
        return new EvidenceKey("shop", workload, at, workload + "-7d9f-abcde", "0123abcd", file);
    }

    /** As many bytes as wanted, made as they are written. */
    static BundleSource bytes(long length) {
        return out -> write(out, length);
    }

    static void write(OutputStream out, long length) throws IOException {
        byte[] chunk = chunk();
        for (long left = length; left > 0; left -= chunk.length) {
            out.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    static String sha256(long length) throws IOException {
        MessageDigest digest = Digest.sha256();
        byte[] chunk = chunk();
        for (long left = length; left > 0; left -= chunk.length) {
            digest.update(chunk, 0, (int) Math.min(left, chunk.length));
        }
        return Digest.hex(digest.digest());
    }

    private static byte[] chunk() {
        byte[] chunk = new byte[10_007];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = (byte) (i * 31);
        }
        return chunk;
    }

    static StoredEvidence stored(PutOutcome outcome) {
        if (outcome instanceof Stored(StoredEvidence evidence)) {
            return evidence;
        }
        throw new AssertionError("not stored: " + outcome);
    }

    static NotStored refused(PutOutcome outcome) {
        if (outcome instanceof NotStored refused) {
            return refused;
        }
        throw new AssertionError("stored after all: " + outcome);
    }
}
