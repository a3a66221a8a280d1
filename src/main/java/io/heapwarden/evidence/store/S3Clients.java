package io.heapwarden.evidence.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** How the SDK is set up. */
final class S3Clients {

    /** One attempt of one request; 8 MiB at 300 KB/s. */
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(30);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Silence on a connection. */
    private static final Duration SOCKET_LIMIT = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 3;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private S3Clients() {}

    static S3Client client(S3Settings settings, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // Other stores than AWS do not all know the newer checksums; each part has its signature or TLS.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_LIMIT)
                        .socketTimeout(SOCKET_LIMIT))
                .overrideConfiguration(all -> all.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    static S3Presigner presigner(S3Settings settings, AwsCredentialsProvider credentials) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .build());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.credentials() == null
                ? DefaultCredentialsProvider.builder().build()
                : new MountedCredentials(settings.credentials());
    }

    /** At most this long for a request with all its attempts. */
    static AwsRequestOverrideConfiguration limit(Duration most) {
        Duration all = most.compareTo(SHORTEST) < 0 ? SHORTEST : most;
        Duration attempt = all.compareTo(ATTEMPT_LIMIT) < 0 ? all : ATTEMPT_LIMIT;
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(all)
                .apiCallAttemptTimeout(attempt)
                .build();
    }
}
