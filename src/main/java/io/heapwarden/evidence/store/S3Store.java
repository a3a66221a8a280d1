package io.heapwarden.evidence.store;

import io.heapwarden.evidence.store.PutOutcome.NotStored;
import io.heapwarden.evidence.store.Retention.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps evidence in a bucket. An object is there once its upload is complete; one that fails is taken back. */
final class S3Store extends TimedStore {

    /** More keys are not looked at in one sweep; the oldest of each workload come first, by name. */
    private static final int MAX_KEYS = 100_000;

    /** No upload of ours takes as long; what is older was left by a process that died. */
    private static final Duration REMNANT_AGE = Duration.ofDays(1);

    /** One request of a sweep. */
    private static final Duration SWEEP_REQUEST = Duration.ofSeconds(15);

    private final S3Settings settings;
    private final S3Client client;
    private final @Nullable S3Presigner presigner;
    private final S3Failures failures;

    S3Store(S3Settings settings) {
        super("evidence-s3");
        this.settings = settings;
        AwsCredentialsProvider credentials = S3Clients.credentials(settings);
        this.client = S3Clients.client(settings, credentials);
        this.presigner = settings.links().isZero() ? null : S3Clients.presigner(settings, credentials);
        this.failures = new S3Failures(settings, name());
    }

    @Override
    public String name() {
        return "s3://" + settings.bucket() + (settings.prefix().isEmpty() ? "" : "/" + settings.prefix());
    }

    @Override
    public void close() {
        client.close();
        if (presigner != null) {
            presigner.close();
        }
    }

    @Override
    StoredEvidence write(EvidenceKey key, BundleSource source, Duration limit, BooleanSupplier givenUp)
            throws StoreException {
        long end = System.nanoTime() + limit.toNanos();
        S3Upload upload =
                new S3Upload(client, settings, key, () -> S3Clients.limit(Duration.ofNanos(end - System.nanoTime())));
        boolean complete = false;
        try {
            MeasuredOutput measured = new MeasuredOutput(upload, settings.maxBytes(), givenUp);
            measured.fill(source);
            upload.complete();
            complete = true;
            return new StoredEvidence(
                    key,
                    "s3://" + settings.bucket() + "/" + settings.objectKey(key),
                    link(key),
                    measured.bytes(),
                    measured.sha256());
        } finally {
            if (!complete) {
                upload.abort();
            }
        }
    }

    private @Nullable String link(EvidenceKey key) {
        return presigner == null
                ? null
                : presigner
                        .presignGetObject(signed -> signed.signatureDuration(settings.links())
                                .getObjectRequest(object ->
                                        object.bucket(settings.bucket()).key(settings.objectKey(key))))
                        .url()
                        .toString();
    }

    @Override
    RetentionOutcome delete(RetentionRules rules, EvidenceKey written, Instant now, BooleanSupplier givenUp) {
        List<EvidenceKey> deleted = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Kept kept : Retention.toDelete(kept(), rules, written, now)) {
            if (givenUp.getAsBoolean()) {
                break;
            }
            try {
                client.deleteObject(request -> request.bucket(settings.bucket())
                        .key(settings.objectKey(kept.key()))
                        .overrideConfiguration(S3Clients.limit(SWEEP_REQUEST)));
                deleted.add(kept.key());
            } catch (SdkException e) {
                problems.add(explain(kept.key(), e).message());
                break;
            }
        }
        removeRemnants(now);
        return new RetentionOutcome(deleted, problems);
    }

    private List<Kept> kept() {
        String prefix = settings.keyPrefix();
        return client
                .listObjectsV2Paginator(request -> request.bucket(settings.bucket())
                        .prefix(prefix)
                        .overrideConfiguration(S3Clients.limit(SWEEP_REQUEST)))
                .contents()
                .stream()
                .limit(MAX_KEYS)
                .flatMap(object -> EvidenceKey.parse(object.key().substring(prefix.length())).stream()
                        .map(key -> new Kept(key, object.size())))
                .toList();
    }

    /** Not every store lists uploads, and not every user may; a lifecycle rule of the bucket does the same. */
    private void removeRemnants(Instant now) {
        Instant old = now.minus(REMNANT_AGE);
        try {
            List<MultipartUpload> uploads = client.listMultipartUploads(request -> request.bucket(settings.bucket())
                            .prefix(settings.keyPrefix())
                            .overrideConfiguration(S3Clients.limit(SWEEP_REQUEST)))
                    .uploads();
            for (MultipartUpload upload : uploads) {
                String path = upload.key().substring(settings.keyPrefix().length());
                if (upload.initiated().isBefore(old) && EvidenceKey.parse(path).isPresent()) {
                    client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                            .key(upload.key())
                            .uploadId(upload.uploadId())
                            .overrideConfiguration(S3Clients.limit(SWEEP_REQUEST)));
                }
            }
        } catch (SdkException notToBeHad) {
            // what was to be deleted has been
        }
    }

    @Override
    NotStored explain(EvidenceKey key, Throwable failure) {
        return failures.explain(key, failure);
    }
}
