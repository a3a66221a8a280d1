package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.LONG;
import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.bundle;
import static io.heapwarden.evidence.store.Keys.bytes;
import static io.heapwarden.evidence.store.Keys.key;
import static io.heapwarden.evidence.store.Keys.refused;
import static io.heapwarden.evidence.store.Keys.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores into a real server what it takes, and says what it does not take and why. */
class S3StoreTest {

    @TempDir
    static Path directory;

    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(directory);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatIsStoredIsWhatWasWritten() throws Exception {
        EvidenceKey key = bundle("deployment-small", NOW);
        try (EvidenceStore store = server.settings().below("clusters/prod").open()) {
            StoredEvidence stored = stored(store.put(key, bytes(100_000), LONG));

            assertThat(stored.location()).isEqualTo("s3://evidence/clusters/prod/" + key.path());
            assertThat(stored.link()).isNull();
            assertThat(stored.bytes()).isEqualTo(100_000);
            assertThat(stored.sha256()).isEqualTo(Keys.sha256(100_000));
            assertThat(Digest.of(server.object("clusters/prod/" + key.path()))).isEqualTo(stored.sha256());
        }
    }

    @Test
    void lengthsAroundAPartAreWhole() throws Exception {
        try (EvidenceStore store = server.settings().open()) {
            for (int around = -1; around <= 1; around++) {
                long length = S3Upload.PART_BYTES + around;
                EvidenceKey key = key("deployment-parts", NOW.plusSeconds(around), EvidenceFile.HeapDump);
                assertThat(stored(store.put(key, bytes(length), LONG)).bytes()).isEqualTo(length);
                assertThat(Digest.of(server.object(key.path()))).isEqualTo(Keys.sha256(length));
            }
            EvidenceKey empty = key("deployment-parts", NOW, EvidenceFile.FlightRecording);
            assertThat(stored(store.put(empty, bytes(0), LONG)).bytes()).isZero();
            assertThat(server.object(empty.path())).isEmpty();
        }
    }

    @Test
    void aLongStreamNeedsNoMoreMemoryThanAFewParts() throws Exception {
        EvidenceKey key = key("deployment-long", NOW, EvidenceFile.HeapDump);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamsToS3.class.getName(),
                        String.valueOf(server.settings().endpoint()),
                        String.valueOf(server.settings().credentials()),
                        Long.toString(StreamsToS3.LENGTH))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(said).contains("STORED " + StreamsToS3.LENGTH + " " + Keys.sha256(StreamsToS3.LENGTH));
        assertThat(server.keys()).contains(key.path());
    }

    @Test
    void aLinkOpensTheFileWithoutCredentials() throws Exception {
        EvidenceKey key = bundle("deployment-link", NOW);
        try (EvidenceStore store =
                server.settings().withLinks(Duration.ofHours(1)).open()) {
            StoredEvidence stored = stored(store.put(key, bytes(5000), LONG));

            String link = String.valueOf(stored.link());
            try (InputStream in = URI.create(link).toURL().openStream()) {
                assertThat(Digest.of(in.readAllBytes())).isEqualTo(stored.sha256());
            }
            assertThat(stored.shown()).isEqualTo(link);
            assertThat(stored.toString()).doesNotContain("Signature");
        }
    }

    @Test
    void wrongCredentialsAreNamed() throws Exception {
        Path wrong = S3Server.credentials(directory.resolve("wrong"), S3Server.ID, "not-the-secret");
        try (EvidenceStore store = server.settings().with(wrong).open()) {
            assertThat(refused(store.put(bundle("deployment-wrong", NOW), bytes(10), LONG)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(StoreFailure.BadCredentials))
                    .satisfies(refused -> assertThat(refused.message()).contains("SignatureDoesNotMatch", "Secret"));
        }
        Path none = Files.createDirectories(directory.resolve("none"));
        try (EvidenceStore store = server.settings().with(none).open()) {
            assertThat(refused(store.put(bundle("deployment-wrong", NOW), bytes(10), LONG)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(StoreFailure.BadCredentials))
                    .satisfies(refused -> assertThat(refused.message()).contains("accessKeyId is missing"));
        }
    }

    @Test
    void aMissingBucketAndAWrongRegionAreNamed() throws Exception {
        S3Settings there = server.settings();
        S3Settings gone = S3Settings.of("no-such-bucket", S3Server.REGION)
                .at(there.endpoint())
                .with(there.credentials());
        try (EvidenceStore store = gone.open()) {
            assertThat(refused(store.put(bundle("deployment-gone", NOW), bytes(10), LONG)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(StoreFailure.NotFound))
                    .satisfies(refused -> assertThat(refused.message()).contains("no-such-bucket", "create it"));
        }
        S3Settings elsewhere =
                S3Settings.of(S3Server.BUCKET, "us-west-2").at(there.endpoint()).with(there.credentials());
        try (EvidenceStore store = elsewhere.open()) {
            assertThat(refused(store.put(bundle("deployment-gone", NOW), bytes(10), LONG)))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(StoreFailure.WrongRegion))
                    .satisfies(refused -> assertThat(refused.message()).contains("us-west-2", "s3.region"));
        }
    }

    @Test
    void aSourceThatFailsOrIsTooLongLeavesNothingBehind() throws Exception {
        EvidenceKey key = key("deployment-broken", NOW, EvidenceFile.HeapDump);
        long twoParts = 2L * S3Upload.PART_BYTES;
        try (EvidenceStore store = server.settings().open()) {
            PutOutcome broken = store.put(
                    key,
                    out -> {
                        Keys.write(out, twoParts);
                        throw new IOException("the pod is gone");
                    },
                    LONG);
            assertThat(refused(broken).reason()).isEqualTo(StoreFailure.SourceFailed);
            assertThat(refused(broken).message()).contains("the pod is gone");
        }
        S3Settings s = server.settings();
        S3Settings little = new S3Settings(
                s.bucket(), s.region(), "", s.endpoint(), true, s.credentials(), Duration.ZERO, null, null, twoParts);
        try (EvidenceStore store = little.open()) {
            assertThat(refused(store.put(key, bytes(twoParts + 1), LONG)).reason())
                    .isEqualTo(StoreFailure.TooLarge);
        }
        assertThat(server.keys()).doesNotContain(key.path());
        assertThat(server.unfinishedUploads()).isZero();
    }

    @Test
    void theOldestGoAndWhatIsNotOursStays() throws Exception {
        EvidenceKey old = bundle("deployment-kept", NOW.minus(Duration.ofDays(3)));
        EvidenceKey oldDump = key("deployment-kept", old.takenAt(), EvidenceFile.HeapDump);
        EvidenceKey newer = bundle("deployment-kept", NOW.minus(Duration.ofDays(2)));
        EvidenceKey written = bundle("deployment-kept", NOW);
        try (EvidenceStore store = server.settings().below("retention").open()) {
            for (EvidenceKey key : new EvidenceKey[] {written, newer, oldDump, old}) {
                stored(store.put(key, bytes(1000), LONG));
            }
            try (var client = server.client()) {
                client.putObject(
                        request -> request.bucket(S3Server.BUCKET).key("retention/shop/deployment-kept/notes.txt"),
                        software.amazon.awssdk.core.sync.RequestBody.fromString("mine"));
            }
            RetentionOutcome outcome =
                    store.retain(new RetentionRules(Duration.ofDays(30), 1 << 20, 2), written, NOW, LONG);

            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.deleted()).containsExactlyInAnyOrder(old, oldDump);
            assertThat(server.keys().stream().filter(key -> key.startsWith("retention/")))
                    .containsExactlyInAnyOrder(
                            "retention/" + newer.path(),
                            "retention/" + written.path(),
                            "retention/shop/deployment-kept/notes.txt");
        }
    }
}
