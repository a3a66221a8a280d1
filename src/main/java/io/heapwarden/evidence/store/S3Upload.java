package io.heapwarden.evidence.store;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object that is sent as it is written. What fits into one part goes in one request; longer ones go in parts of {@value #PART_BYTES} bytes, the only
 * ones held in memory.
 */
final class S3Upload extends OutputStream {

    /** Length of all parts but the last; S3 takes 5 MiB or more. */
    static final int PART_BYTES = 8 << 20;

    /** Most parts of an object. */
    static final int MAX_PARTS = 10_000;

    /** Taking an upload back may not take longer: nobody waits for it, but a thread and its place are held. */
    static final Duration ABORT_LIMIT = Duration.ofSeconds(5);

    private static final int FIRST_ROOM = 64 << 10;

    private final S3Client client;
    private final S3Settings settings;
    private final EvidenceKey key;
    private final Supplier<AwsRequestOverrideConfiguration> limits;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_ROOM];
    private int filled;
    private @Nullable String uploadId;

    /** @param limits how long the next request may take */
    S3Upload(S3Client client, S3Settings settings, EvidenceKey key, Supplier<AwsRequestOverrideConfiguration> limits) {
        this.client = client;
        this.settings = settings;
        this.key = key;
        this.limits = limits;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == PART_BYTES) {
                sendPart();
            }
            int taken = Math.min(left, PART_BYTES - filled);
            if (filled + taken > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(2 * buffer.length, filled + taken)));
            }
            System.arraycopy(source, from, buffer, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
        }
    }

    /** Sends the rest; only then is the object there. */
    void complete() {
        if (uploadId == null) {
            client.putObject(
                    request -> request.bucket(settings.bucket())
                            .key(settings.objectKey(key))
                            .contentType(key.file().mediaType())
                            .serverSideEncryption(settings.encryption())
                            .ssekmsKeyId(settings.kmsKey())
                            .overrideConfiguration(limits.get()),
                    body());
            return;
        }
        sendPart();
        client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                .key(settings.objectKey(key))
                .uploadId(uploadId)
                .multipartUpload(all -> all.parts(parts))
                .overrideConfiguration(limits.get()));
        uploadId = null;
    }

    /** Takes back what was sent, so that no half upload stays and is paid for. Where the store does not answer, a later sweep does it. */
    void abort() {
        String id = uploadId;
        if (id == null) {
            return;
        }
        // An interrupted thread could send nothing any more.
        boolean interrupted = Thread.interrupted();
        try {
            client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                    .key(settings.objectKey(key))
                    .uploadId(id)
                    .overrideConfiguration(S3Clients.limit(ABORT_LIMIT)));
            uploadId = null;
        } catch (SdkException unreachable) {
            // the failure that led here says more
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void sendPart() {
        if (uploadId == null) {
            uploadId = client.createMultipartUpload(request -> request.bucket(settings.bucket())
                            .key(settings.objectKey(key))
                            .contentType(key.file().mediaType())
                            .serverSideEncryption(settings.encryption())
                            .ssekmsKeyId(settings.kmsKey())
                            .overrideConfiguration(limits.get()))
                    .uploadId();
        }
        int number = parts.size() + 1;
        String tag = client.uploadPart(
                        request -> request.bucket(settings.bucket())
                                .key(settings.objectKey(key))
                                .uploadId(uploadId)
                                .partNumber(number)
                                .overrideConfiguration(limits.get()),
                        body())
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        filled = 0;
    }

    /** What is in the buffer, which is read again for each attempt. */
    private RequestBody body() {
        int length = filled;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(buffer, 0, length),
                length,
                key.file().mediaType());
    }
}
