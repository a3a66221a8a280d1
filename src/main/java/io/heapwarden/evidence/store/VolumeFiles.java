package io.heapwarden.evidence.store;

import io.heapwarden.evidence.store.Retention.Kept;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies in the directory of a store. Links are not followed, and what has no name of ours is not looked at. */
final class VolumeFiles extends SimpleFileVisitor<Path> {

    static final String PART_PREFIX = ".unfinished-";
    static final String PART_SUFFIX = ".part";

    /** No write takes as long; what is older was left by a process that died. */
    static final Duration REMNANT_AGE = Duration.ofDays(1);

    private static final int DEPTH = 3;
    private static final int MAX_FILES = 100_000;

    private final Path root;
    private final List<Kept> kept = new ArrayList<>();
    private final List<Path> remnants = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private int files;

    private VolumeFiles(Path root) {
        this.root = root;
    }

    static VolumeFiles in(Path root) throws IOException {
        VolumeFiles found = new VolumeFiles(root);
        Files.walkFileTree(root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEPTH, found);
        return found;
    }

    List<Kept> kept() {
        return List.copyOf(kept);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (++files > MAX_FILES) {
            return FileVisitResult.TERMINATE;
        }
        String name = String.valueOf(file.getFileName());
        if (!attributes.isRegularFile()) {
            return FileVisitResult.CONTINUE;
        }
        if (name.startsWith(PART_PREFIX) && name.endsWith(PART_SUFFIX)) {
            remnants.add(file);
        } else {
            String path = root.relativize(file).toString().replace('\\', '/');
            EvidenceKey.parse(path).ifPresent(key -> kept.add(new Kept(key, attributes.size())));
        }
        return FileVisitResult.CONTINUE;
    }

    /** Somebody else may delete meanwhile, or own a directory such as lost+found. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
        if (!directory.equals(root)) {
            directories.add(directory);
        }
        return FileVisitResult.CONTINUE;
    }

    /** @return what could not be removed, in sentences */
    List<String> removeRemnants(Instant now) {
        List<String> problems = new ArrayList<>();
        Instant old = now.minus(REMNANT_AGE);
        for (Path remnant : remnants) {
            try {
                if (Files.getLastModifiedTime(remnant).toInstant().isBefore(old)) {
                    Files.deleteIfExists(remnant);
                }
            } catch (IOException e) {
                problems.add("the remnant " + remnant + " cannot be removed: " + e.getMessage());
            }
        }
        return problems;
    }

    /** Innermost first. A directory into which something is being written is not empty and stays. */
    void removeEmptyDirectories() throws IOException {
        for (Path directory : directories) {
            if (kept.stream().noneMatch(file -> root.resolve(file.key().owner()).startsWith(directory))) {
                continue;
            }
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException inUse) {
                // as most are
            }
        }
    }
}
