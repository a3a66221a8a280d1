package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.LONG;
import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.bundle;
import static io.heapwarden.evidence.store.Keys.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Stores more than a small file system holds, then less, in a JVM that sees that file system. Argument: where it is mounted. */
final class FillsAVolume {

    private FillsAVolume() {}

    public static void main(String... args) throws IOException {
        Path volume = Path.of(args[0]);
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            PutOutcome.NotStored full = Keys.refused(store.put(bundle("deployment-shop", NOW), bytes(5_000_000), LONG));
            System.out.println("FIRST " + full.reason() + " " + full.message());
            System.out.println("LEFT " + files(volume));
            StoredEvidence little = Keys.stored(store.put(bundle("deployment-shop", NOW), bytes(1_000_000), LONG));
            System.out.println("SECOND " + little.bytes());
        }
    }

    private static List<Path> files(Path volume) throws IOException {
        try (Stream<Path> all = Files.walk(volume)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
