package io.heapwarden.evidence.store;

import static io.heapwarden.evidence.store.Keys.LONG;
import static io.heapwarden.evidence.store.Keys.NOW;
import static io.heapwarden.evidence.store.Keys.key;

import java.net.URI;
import java.nio.file.Path;

/** Stores a long stream, in a JVM of its own with little memory. Arguments: endpoint, directory of the credentials, length. */
final class StreamsToS3 {

    static final long LENGTH = 130_000_000;

    private StreamsToS3() {}

    public static void main(String... args) {
        S3Settings settings = S3Settings.of(S3Server.BUCKET, S3Server.REGION)
                .at(URI.create(args[0]))
                .with(Path.of(args[1]));
        try (EvidenceStore store = settings.open()) {
            PutOutcome outcome = store.put(
                    key("deployment-long", NOW, EvidenceFile.HeapDump), Keys.bytes(Long.parseLong(args[2])), LONG);
            StoredEvidence stored = Keys.stored(outcome);
            System.out.println("STORED " + stored.bytes() + " " + stored.sha256());
        }
    }
}
