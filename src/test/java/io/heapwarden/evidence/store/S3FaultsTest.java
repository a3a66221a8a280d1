package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.LONG;
import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.bundle;
import static io.heapwarden.evidence.store.Keys.bytes;
import static io.heapwarden.evidence.store.Keys.key;
import static io.heapwarden.evidence.store.Keys.refused;
import static io.heapwarden.evidence.store.Keys.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes of it when the server dies or hangs while it is written to. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class S3FaultsTest {

    private static final long FIVE_PARTS = 5L * S3Upload.PART_BYTES;
    private static final EvidenceKey DUMP = key("deployment-shop", NOW, EvidenceFile.HeapDump);

    @TempDir
    Path directory;

    @Test
    void aServerThatIsKilledInTheMiddleIsSaidAndTheSourceCanBeStoredElsewhere() throws Exception {
        Path volume = java.nio.file.Files.createDirectories(directory.resolve("volume"));
        try (S3Server server = S3Server.start(directory.resolve("server"));
                EvidenceStore store = server.settings().open();
                EvidenceStore local = new VolumeSettings(volume).open()) {
            PutOutcome outcome = store.put(
                    DUMP,
                    out -> {
                        Keys.write(out, FIVE_PARTS);
                        server.kill();
                        Keys.write(out, FIVE_PARTS);
                    },
                    LONG);

            assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.Unreachable);
            assertThat(refused(outcome).message()).contains("nothing accepts connections at http://127.0.0.1:");
            assertThat(stored(local.put(DUMP, bytes(FIVE_PARTS), LONG)).bytes()).isEqualTo(FIVE_PARTS);
        }
    }

    @Test
    void aServerThatHangsHoldsNobodyUpLongerThanTheLimit() throws Exception {
        try (S3Server server = S3Server.start(directory);
                EvidenceStore store = server.settings().open()) {
            PutOutcome outcome = store.put(
                    DUMP,
                    out -> {
                        Keys.write(out, FIVE_PARTS);
                        stop(server);
                        Keys.write(out, FIVE_PARTS);
                    },
                    Duration.ofSeconds(5));
            // Had it waited for an answer, it would wait still: the server is standing yet.
            assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.TimedOut);
            assertThat(refused(outcome).message()).contains("5 s", "hangs");
            server.resume();

            assertThat(server.keys()).isEmpty();
            assertThat(stored(store.put(bundle("deployment-shop", NOW), bytes(10), LONG))
                            .bytes())
                    .isEqualTo(10);
        }
    }

    @Test
    void anUploadWhoseTimeIsOverIsTakenBack() throws Exception {
        try (S3Server server = S3Server.start(directory);
                EvidenceStore store = server.settings().open()) {
            PutOutcome outcome = store.put(
                    DUMP,
                    out -> {
                        Keys.write(out, FIVE_PARTS);
                        assertThat(server.unfinishedUploads()).isEqualTo(1);
                        awaitInterrupt();
                        Keys.write(out, FIVE_PARTS);
                    },
                    Duration.ofSeconds(10));

            assertThat(refused(outcome).reason()).isEqualTo(StoreFailure.TimedOut);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(server.unfinishedUploads()).isZero());
            assertThat(server.keys()).isEmpty();
        }
    }

    @Test
    void nothingThatListensIsSaid() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + S3Server.freePort());
        Path credentials = S3Server.credentials(directory.resolve("credentials"), "a", "b");
        S3Settings settings = S3Settings.of("evidence", "us-east-1").at(nobody).with(credentials);
        try (EvidenceStore store = settings.open()) {
            assertThat(refused(store.put(DUMP, bytes(10), LONG)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(StoreFailure.Unreachable))
                    .satisfies(refused -> assertThat(refused.message())
                            .contains("nothing accepts connections at " + nobody, "NetworkPolicy"));
            assertThat(store.retain(RetentionRules.DEFAULTS, DUMP, NOW, LONG).problems())
                    .singleElement()
                    .asString()
                    .contains("nothing accepts connections");
        }
    }

    private static void stop(S3Server server) {
        assertThatCode(server::stop).doesNotThrowAnyException();
    }

    private static void awaitInterrupt() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }
}
