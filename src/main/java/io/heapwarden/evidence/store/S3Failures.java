package io.heapwarden.evidence.store;

import io.heapwarden.evidence.Printable;
import io.heapwarden.evidence.store.PutOutcome.NotStored;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of object storage means and what to do about it. Error codes are those of the S3 API reference. */
final class S3Failures {

    private static final int FORBIDDEN = 403;
    private static final int MOVED = 301;
    private static final int MAX_CAUSES = 16;

    private final S3Settings settings;
    private final String store;

    /** @param store how messages name it */
    S3Failures(S3Settings settings, String store) {
        this.settings = settings;
        this.store = store;
    }

    NotStored explain(EvidenceKey key, Throwable failure) {
        NotStored what = failure instanceof S3Exception said ? answered(said) : unanswered(failure);
        return new NotStored(
                what.reason(), key.path() + " was not written or deleted in " + store + ": " + what.message());
    }

    private NotStored answered(S3Exception said) {
        AwsErrorDetails details = said.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String words = Printable.line(
                details == null || details.errorMessage() == null
                        ? "status " + said.statusCode()
                        : code + ", " + details.errorMessage());
        return switch (code) {
            case "NoSuchBucket" ->
                new NotStored(
                        StoreFailure.NotFound,
                        "there is no bucket " + settings.bucket() + "; create it, or correct s3.bucket");
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "ExpiredToken",
                    "UnrecognizedClientException" ->
                new NotStored(
                        StoreFailure.BadCredentials,
                        "the store does not take the credentials (" + words + "); put current ones into the Secret");
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                wrongRegion(words);
            case "RequestTimeTooSkewed" ->
                new NotStored(
                        StoreFailure.Failed, "the clocks of the store and this node differ too much (" + words + ")");
            case "QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "StorageFull" ->
                new NotStored(
                        StoreFailure.StorageFull,
                        "no room is left (" + words + "); keep less by the rules of retention");
            case "EntityTooLarge" -> new NotStored(StoreFailure.TooLarge, "the store takes no file of that length");
            default ->
                said.statusCode() == FORBIDDEN
                        ? new NotStored(
                                StoreFailure.Forbidden,
                                "it is not allowed (" + words
                                        + "); the credentials need s3:PutObject, s3:AbortMultipartUpload, s3:ListBucket and s3:DeleteObject")
                        : said.statusCode() == MOVED ? wrongRegion(words) : new NotStored(StoreFailure.Failed, words);
        };
    }

    private NotStored wrongRegion(String words) {
        return new NotStored(
                StoreFailure.WrongRegion,
                "the bucket is not in region " + settings.region() + " (" + words + "); correct s3.region");
    }

    private NotStored unanswered(Throwable failure) {
        Throwable cause = failure;
        for (int causes = 0; cause != null && causes < MAX_CAUSES; cause = cause.getCause(), causes++) {
            NotStored known = known(cause);
            if (known != null) {
                return known;
            }
        }
        String words = Printable.line(String.valueOf(failure.getMessage()));
        return words.contains("credentials")
                ? new NotStored(StoreFailure.BadCredentials, words)
                : new NotStored(StoreFailure.Unreachable, address() + " gave no answer: " + words);
    }

    private @Nullable NotStored known(Throwable cause) {
        return switch (cause) {
            case ApiCallTimeoutException late -> timedOut();
            case ApiCallAttemptTimeoutException late -> timedOut();
            case AbortedException late -> timedOut();
            case ConnectException refused ->
                new NotStored(
                        StoreFailure.Unreachable,
                        "nothing accepts connections at " + address()
                                + "; look whether the store runs and a NetworkPolicy lets the operator reach it");
            case UnknownHostException unknown ->
                new NotStored(
                        StoreFailure.Unreachable, "the name of " + address() + " is not known; correct s3.endpoint");
            case SSLException tls ->
                new NotStored(
                        StoreFailure.Unreachable,
                        "no TLS connection with " + address() + ": "
                                + Printable.line(String.valueOf(tls.getMessage())));
            default -> null;
        };
    }

    private NotStored timedOut() {
        return new NotStored(StoreFailure.TimedOut, address() + " did not answer in time; look whether it hangs");
    }

    private String address() {
        return settings.endpoint() == null
                ? "S3 in " + settings.region()
                : settings.endpoint().toString();
    }
}
