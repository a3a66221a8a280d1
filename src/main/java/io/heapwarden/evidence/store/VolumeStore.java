package io.heapwarden.evidence.store;

import io.heapwarden.evidence.store.PutOutcome.NotStored;
import io.heapwarden.evidence.store.Retention.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Keeps evidence in a directory. A file is written under another name, forced to the disk, and renamed: a crash leaves either all of it or a remnant
 * that the next sweep removes.
 */
final class VolumeStore extends TimedStore {

    /** A full file system leaves no more than this, whatever the words of the failure. */
    private static final long FULL = 64 << 10;

    private final VolumeSettings settings;

    VolumeStore(VolumeSettings settings) {
        super("evidence-volume");
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.directory().toString();
    }

    @Override
    public void close() {
        // nothing is held open
    }

    @Override
    StoredEvidence write(EvidenceKey key, BundleSource source, Duration limit, BooleanSupplier givenUp)
            throws IOException {
        Path file = settings.directory().resolve(key.path());
        Path directory = Files.createDirectories(directoryOf(file));
        if (!directory.toRealPath().startsWith(settings.directory().toRealPath())) {
            throw new StoreException(
                    StoreFailure.Forbidden, directory + " is a link that leads out of the store; remove it");
        }
        Path part = directory.resolve(VolumeFiles.PART_PREFIX + UUID.randomUUID() + VolumeFiles.PART_SUFFIX);
        try {
            MeasuredOutput measured = fill(part, source, givenUp);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(directory);
            return new StoredEvidence(key, file.toUri().toString(), null, measured.bytes(), measured.sha256());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private MeasuredOutput fill(Path part, BundleSource source, BooleanSupplier givenUp) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream file = Channels.newOutputStream(channel);
            MeasuredOutput measured = new MeasuredOutput(file, settings.maxBytes(), givenUp);
            measured.fill(source);
            channel.force(true);
            measured.check();
            return measured;
        }
    }

    /** The new name, too, has to outlive a crash of the node. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is in no directory");
        }
        return parent;
    }

    @Override
    RetentionOutcome delete(RetentionRules rules, EvidenceKey written, Instant now, BooleanSupplier givenUp)
            throws IOException {
        VolumeFiles files = VolumeFiles.in(settings.directory());
        List<EvidenceKey> deleted = new ArrayList<>();
        List<String> problems = new ArrayList<>(files.removeRemnants(now));
        for (Kept kept : Retention.toDelete(files.kept(), rules, written, now)) {
            if (givenUp.getAsBoolean()) {
                break;
            }
            Path file = settings.directory().resolve(kept.key().path());
            try {
                Files.deleteIfExists(file);
                deleted.add(kept.key());
            } catch (IOException e) {
                problems.add(explain(kept.key(), e).message());
            }
        }
        files.removeEmptyDirectories();
        return new RetentionOutcome(deleted, problems);
    }

    @Override
    NotStored explain(EvidenceKey key, Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        String what = key.path() + " was not written or deleted in " + name() + ": ";
        if (full(said)) {
            return new NotStored(
                    StoreFailure.StorageFull,
                    what + "no room is left on the volume; enlarge it, or keep less by the rules of retention");
        }
        return switch (failure) {
            case AccessDeniedException denied ->
                new NotStored(
                        StoreFailure.Forbidden,
                        what + "no permission for " + denied.getFile()
                                + "; set securityContext.fsGroup of the operator's pod to the volume's group");
            case NoSuchFileException gone ->
                new NotStored(
                        StoreFailure.NotFound,
                        what + gone.getFile() + " is not there; look whether the volume is mounted");
            case FileSystemException refused
            when said.contains("Read-only file system") ->
                new NotStored(StoreFailure.Forbidden, what + "the volume is mounted read-only");
            default -> new NotStored(StoreFailure.Failed, what + said);
        };
    }

    /** The words are those of the C library, which may be translated; then the room that is left tells it. */
    private boolean full(String said) {
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
            return true;
        }
        try {
            return Files.getFileStore(settings.directory()).getUsableSpace() < FULL;
        } catch (IOException notThere) {
            return false;
        }
    }
}
