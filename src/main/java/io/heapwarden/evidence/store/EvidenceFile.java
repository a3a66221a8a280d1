package io.heapwarden.evidence.store;

import java.util.Arrays;
import java.util.Optional;

/** What kinds of file are kept, told by the end of their names. */
public enum EvidenceFile {
    Bundle("evidence.zip", "application/zip"),
    HeapDump("heap.hprof", "application/octet-stream"),
    CompressedHeapDump("heap.hprof.gz", "application/gzip"),
    EncryptedHeapDump("heap.hprof.gz.age", "application/octet-stream"),
    FlightRecording("recording.jfr", "application/octet-stream");

    private final String suffix;
    private final String mediaType;

    EvidenceFile(String suffix, String mediaType) {
        this.suffix = suffix;
        this.mediaType = mediaType;
    }

    /** End of the name, after a dot. */
    public String suffix() {
        return suffix;
    }

    /** Media type as of RFC 6838. */
    public String mediaType() {
        return mediaType;
    }

    static Optional<EvidenceFile> ofSuffix(String suffix) {
        return Arrays.stream(values())
                .filter(each -> each.suffix.equals(suffix))
                .findFirst();
    }
}
