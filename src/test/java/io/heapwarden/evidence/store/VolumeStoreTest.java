package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.LONG;
import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.bundle;
import static io.heapwarden.evidence.store.Keys.bytes;
import static io.heapwarden.evidence.store.Keys.refused;
import static io.heapwarden.evidence.store.Keys.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.evidence.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory has whole files or none, whatever happens while they are written. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class VolumeStoreTest {

    private static final EvidenceKey KEY = bundle("deployment-shop", NOW);

    @TempDir
    Path volume;

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(volume)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> volume.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsStoredIsWhatWasWritten() throws Exception {
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            StoredEvidence stored = stored(store.put(KEY, bytes(3_000_000), LONG));

            assertThat(stored.bytes()).isEqualTo(3_000_000);
            assertThat(stored.location())
                    .isEqualTo(volume.resolve(KEY.path()).toUri().toString());
            assertThat(Digest.of(Files.readAllBytes(volume.resolve(KEY.path()))))
                    .isEqualTo(stored.sha256())
                    .isEqualTo(Keys.sha256(3_000_000));
            assertThat(files()).containsExactly(KEY.path());
        }
    }

    @Test
    void aSourceThatFailsLeavesNothing() throws Exception {
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            PutOutcome outcome = store.put(
                    KEY,
                    out -> {
                        Keys.write(out, 1_000_000);
                        throw new UncheckedIOException(new IOException("the pod is gone"));
                    },
                    LONG);
            assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.SourceFailed);
            assertThat(refused(outcome).message()).contains("the pod is gone");
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aFileThatIsTooLongLeavesNothingAlsoWhenItsSourceDoesNotMind() throws Exception {
        try (EvidenceStore store = new VolumeSettings(volume, 1000).open()) {
            PutOutcome outcome = store.put(
                    KEY,
                    out -> {
                        try {
                            Keys.write(out, 1001);
                        } catch (IOException kept) {
                            // as a source should not
                        }
                    },
                    LONG);
            assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.TooLarge);
            assertThat(files()).isEmpty();
            assertThat(stored(store.put(KEY, bytes(1000), LONG)).bytes()).isEqualTo(1000);
        }
    }

    @Test
    void aSourceThatHangsIsGivenUpAndPlacesAreBounded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            for (int i = 0; i < TimeLimit.PLACES; i++) {
                PutOutcome outcome = store.put(KEY, out -> hang(end), Duration.ofMillis(50));
                assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.TimedOut);
            }
            assertThat(refused(store.put(KEY, bytes(1), LONG)).reason()).isEqualTo(StoreFailure.Busy);
            end.countDown();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> store.put(KEY, bytes(1), LONG) instanceof PutOutcome.Stored);
            assertThat(files()).containsExactly(KEY.path());
        }
    }

    /** As a write to a dead file server does, which no interrupt reaches. */
    private static void hang(CountDownLatch end) {
        while (true) {
            try {
                end.await();
                return;
            } catch (InterruptedException unheard) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aFullFileSystemIsSaidAndNothingStays() throws Exception {
        Process child = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=2m none \"$1\" && echo MOUNTED && shift && exec \"$@\"",
                        "sh",
                        volume.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FillsAVolume.class.getName(),
                        volume.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assumeTrue(said.contains("MOUNTED"), "no file system can be mounted here without root: " + said);

        assertThat(said).contains("FIRST StorageFull", "no room is left on the volume", "LEFT []", "SECOND 1000000");
    }

    @Test
    void aDirectoryThatMayNotBeWrittenToOrIsALinkIsSaid() throws Exception {
        Path elsewhere = Files.createTempDirectory("elsewhere");
        Files.createDirectory(volume.resolve("shop"));
        Files.createSymbolicLink(volume.resolve("shop/deployment-shop"), elsewhere);
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            assertThat(refused(store.put(KEY, bytes(10), LONG)).message()).contains("leads out of the store");
            assertThat(elsewhere).isEmptyDirectory();
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void theOldestGoRemnantsGoAndWhatIsNotOursStays() throws Exception {
        EvidenceKey old = bundle("deployment-old", NOW.minus(Duration.ofDays(40)));
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            stored(store.put(old, bytes(10), LONG));
            stored(store.put(KEY, bytes(10), LONG));
            Path remnant = Files.writeString(volume.resolve("shop/deployment-shop/.unfinished-1.part"), "x");
            Files.setLastModifiedTime(remnant, FileTime.from(NOW.minus(Duration.ofDays(2))));
            Files.writeString(volume.resolve("shop/deployment-shop/notes.txt"), "mine");

            RetentionOutcome outcome = store.retain(RetentionRules.DEFAULTS, KEY, NOW, LONG);

            assertThat(outcome.deleted()).containsExactly(old);
            assertThat(outcome.problems()).isEmpty();
            assertThat(files()).containsExactly(KEY.path(), "shop/deployment-shop/notes.txt");
            assertThat(volume.resolve("shop/deployment-old")).doesNotExist();
        }
    }

    @Test
    void sourcesMayBufferAndClose() throws Exception {
        try (EvidenceStore store = new VolumeSettings(volume).open()) {
            PutOutcome outcome = store.put(
                    KEY,
                    out -> {
                        try (BufferedOutputStream buffered = new BufferedOutputStream(out)) {
                            Keys.write(buffered, 100_000);
                        }
                    },
                    LONG);
            assertThat(stored(outcome).sha256()).isEqualTo(Keys.sha256(100_000));
        }
    }

    @Test
    void settingsThatCannotWorkAreNamedAllAtOnce() {
        assertThatThrownBy(() -> new VolumeSettings(Path.of("evidence"), 0).open())
                .hasMessageContaining("volume.directory is \"evidence\": give an absolute path")
                .hasMessageContaining("volume.maxBytes is 0");
        assertThat(new VolumeSettings(volume.resolve("gone")).problems())
                .singleElement()
                .asString()
                .contains("there is no such directory: mount the volume there");
        assertThat(S3Settings.of("s3://Bucket/", "eu central")
                        .below("/a/")
                        .at(java.net.URI.create("minio:9000"))
                        .withLinks(Duration.ofDays(8))
                        .problems())
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem).startsWith("s3.bucket is \"s3://Bucket/\": give"))
                .anySatisfy(problem -> assertThat(problem).startsWith("s3.endpoint is \"minio:9000\""));
        assertThat(new RetentionRules(Duration.ZERO, 0, 0).problems()).hasSize(3);
    }
}
