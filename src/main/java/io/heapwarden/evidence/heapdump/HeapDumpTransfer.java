package io.heapwarden.evidence.heapdump;

/**
 * What became of a heap dump that was sent through a {@link HeapDumpStream}.
 *
 * @param sha256 SHA-256 of what was handed to the sink, 64 lower-case hexadecimal digits
 * @param bytesRead bytes of the dump that were read
 * @param bytesWritten bytes that were handed to the sink, compressed and encrypted
 * @param redaction what was taken out
 * @param ending whether it is complete, and why not
 */
public record HeapDumpTransfer(
        String sha256, long bytesRead, long bytesWritten, Redaction redaction, TransferEnding ending) {

    /** Whether the whole dump was written. */
    public boolean complete() {
        return ending instanceof TransferEnding.Complete;
    }
}
