package io.heapwarden.evidence.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory, as a rule a mounted PersistentVolumeClaim.
 *
 * @param directory where it is mounted; files are kept in it by namespace and workload
 * @param maxBytes largest file
 */
public record VolumeSettings(Path directory, long maxBytes) implements StoreSettings {

    /** A directory with the usual limit. */
    public VolumeSettings(Path directory) {
        this(directory, DEFAULT_MAX_BYTES);
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!directory.isAbsolute()) {
            problems.add(
                    "volume.directory is \"" + directory + "\": give an absolute path, the mountPath of the volume");
        } else if (!Files.isDirectory(directory)) {
            problems.add("volume.directory is \"" + directory
                    + "\", and there is no such directory: mount the volume there, or correct the path");
        } else if (!Files.isWritable(directory)) {
            problems.add(
                    "volume.directory is \"" + directory
                            + "\", which cannot be written to: set securityContext.fsGroup of the operator's pod, or mount it without readOnly");
        }
        if (maxBytes < 1) {
            problems.add("volume.maxBytes is " + maxBytes + ": give a size such as 16Gi");
        }
        return problems;
    }
}
