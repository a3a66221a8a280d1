package io.heapwarden.evidence.store;

import org.jspecify.annotations.Nullable;

/**
 * What was stored and where.
 *
 * @param key its key
 * @param location where it is, for good: {@code file:///…} or {@code s3://bucket/key}
 * @param link an address that a browser opens, with which anyone can read it until it expires; null when there is none
 * @param bytes its length
 * @param sha256 digest of its bytes, in lower-case hexadecimal
 */
public record StoredEvidence(EvidenceKey key, String location, @Nullable String link, long bytes, String sha256) {

    /** What to show a person: the link when there is one. */
    public String shown() {
        return link == null ? location : link;
    }

    /** A link with a signature is a secret. */
    @Override
    public String toString() {
        return "StoredEvidence[" + location + ", " + bytes + " bytes, sha256 " + sha256 + "]";
    }
}
