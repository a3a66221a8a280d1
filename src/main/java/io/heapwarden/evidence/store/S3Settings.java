package io.heapwarden.evidence.store;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Object storage that speaks S3.
 *
 * @param bucket its name
 * @param region where it is; other stores than AWS usually take {@code us-east-1}
 * @param prefix put before every key, without a slash at the end; empty for none
 * @param endpoint address of a store that is not AWS; null for AWS
 * @param pathStyle whether the bucket is named in the path rather than in the host name, as most other stores want it
 * @param credentials directory of a mounted Secret with the files {@code accessKeyId}, {@code secretAccessKey} and perhaps {@code sessionToken}; null for
 *     the SDK's own chain: environment, service account, node
 * @param links how long a link opens a file for whoever has it; zero for {@code s3://} locations only
 * @param encryption what the server encrypts with: {@code AES256} or {@code aws:kms}; null for the bucket's default
 * @param kmsKey key for {@code aws:kms}; null for the account's default
 * @param maxBytes largest file
 */
public record S3Settings(
        String bucket,
        String region,
        String prefix,
        @Nullable URI endpoint,
        boolean pathStyle,
        @Nullable Path credentials,
        Duration links,
        @Nullable String encryption,
        @Nullable String kmsKey,
        long maxBytes)
        implements StoreSettings {

    /** Signed links cannot live longer. */
    public static final Duration LONGEST_LINK = Duration.ofDays(7);

    /** What S3 takes in the parts that are sent. */
    public static final long MOST_BYTES = (long) S3Upload.MAX_PARTS * S3Upload.PART_BYTES;

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._=-]{1,100}(/[A-Za-z0-9._=-]{1,100}){0,9})?");

    /** A bucket of AWS with the SDK's credentials and no links. */
    public static S3Settings of(String bucket, String region) {
        return new S3Settings(bucket, region, "", null, false, null, Duration.ZERO, null, null, DEFAULT_MAX_BYTES);
    }

    /** The same at another store, which is addressed by path. */
    public S3Settings at(URI elsewhere) {
        return new S3Settings(
                bucket, region, prefix, elsewhere, true, credentials, links, encryption, kmsKey, maxBytes);
    }

    /** The same with credentials from files. */
    public S3Settings with(Path mounted) {
        return new S3Settings(
                bucket, region, prefix, endpoint, pathStyle, mounted, links, encryption, kmsKey, maxBytes);
    }

    /** The same with links of this lifetime. */
    public S3Settings withLinks(Duration lifetime) {
        return new S3Settings(
                bucket, region, prefix, endpoint, pathStyle, credentials, lifetime, encryption, kmsKey, maxBytes);
    }

    /** The same below a prefix. */
    public S3Settings below(String path) {
        return new S3Settings(
                bucket, region, path, endpoint, pathStyle, credentials, links, encryption, kmsKey, maxBytes);
    }

    /** The key of an object. */
    String objectKey(EvidenceKey key) {
        return keyPrefix() + key.path();
    }

    /** What all keys begin with. */
    String keyPrefix() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!BUCKET.matcher(bucket).matches()) {
            problems.add("s3.bucket is \"" + bucket
                    + "\": give the bucket's name alone, 3 to 63 lower-case letters, digits, dots and hyphens");
        }
        if (!REGION.matcher(region).matches()) {
            problems.add("s3.region is \"" + region
                    + "\": give a region such as eu-central-1, or us-east-1 where the store has none");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            problems.add(
                    "s3.prefix is \"" + prefix
                            + "\": give names parted by slashes, without one at the beginning or the end, such as clusters/prod");
        }
        endpoint(problems);
        credentials(problems);
        if (links.isNegative() || links.compareTo(LONGEST_LINK) > 0) {
            problems.add("s3.links is " + links
                    + ": give at most 168h, which is the longest that S3 signs for, or 0s for no links");
        }
        if (encryption != null && !encryption.equals("AES256") && !encryption.equals("aws:kms")) {
            problems.add("s3.encryption is \"" + encryption + "\": give AES256 or aws:kms, or leave it out");
        }
        if (kmsKey != null && !"aws:kms".equals(encryption)) {
            problems.add("s3.kmsKey is given without s3.encryption: aws:kms; add it, or leave the key out");
        }
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            problems.add("s3.maxBytes is " + maxBytes + ": give 1 to " + MOST_BYTES
                    + ", which is as much as can be sent in parts");
        }
        return problems;
    }

    private void endpoint(List<String> problems) {
        if (endpoint == null) {
            return;
        }
        String scheme = endpoint.getScheme();
        boolean address = endpoint.getHost() != null && ("http".equals(scheme) || "https".equals(scheme));
        if (!address || endpoint.getUserInfo() != null || endpoint.getQuery() != null) {
            problems.add("s3.endpoint is \"" + endpoint
                    + "\": give an address such as https://minio.storage.svc:9000, without bucket, user or query");
        }
    }

    private void credentials(List<String> problems) {
        if (credentials == null) {
            return;
        }
        if (!Files.isDirectory(credentials)) {
            problems.add("s3.credentials is \"" + credentials
                    + "\", and there is no such directory: mount the Secret there");
        }
    }
}
