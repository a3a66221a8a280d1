package io.heapwarden.evidence.heapdump;

import java.time.Duration;

/**
 * How a heap dump is sent.
 *
 * @param redact whether values are taken out of it ({@link HeapDumpRedactor})
 * @param recipients who can read it; {@link AgeRecipients#NONE} to leave it unencrypted
 * @param mostBytes bytes that may be written, at least 1
 * @param timeLimit from its first byte to its last, at least a millisecond
 */
public record TransferRules(boolean redact, AgeRecipients recipients, long mostBytes, Duration timeLimit) {

    public TransferRules {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("a heap dump must be allowed at least 1 byte, not " + mostBytes);
        }
        if (timeLimit.toMillis() < 1) {
            throw new IllegalArgumentException("a heap dump must be allowed at least a millisecond, not " + timeLimit);
        }
    }

    /** How the name of a file ends that holds what is written: {@code .hprof.gz} or {@code .hprof.gz.age}. */
    public String suffix() {
        return recipients.isEmpty() ? ".hprof.gz" : ".hprof.gz.age";
    }
}
