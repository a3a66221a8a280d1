package io.heapwarden.evidence.store;

import java.util.List;

/** Where evidence is kept and how. */
public sealed interface StoreSettings permits VolumeSettings, S3Settings {

    /** Largest file taken unless the settings say otherwise: heap dumps of most services fit. */
    long DEFAULT_MAX_BYTES = 16L << 30;

    /** What is wrong with them: the setting, its value, and what to do; empty when nothing is. */
    List<String> problems();

    /**
     * Opens the store. Nothing is asked of it yet.
     *
     * @throws IllegalArgumentException when there are {@link #problems()}; the message has all of them
     */
    default EvidenceStore open() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return switch (this) {
            case VolumeSettings volume -> new VolumeStore(volume);
            case S3Settings s3 -> new S3Store(s3);
        };
    }
}
