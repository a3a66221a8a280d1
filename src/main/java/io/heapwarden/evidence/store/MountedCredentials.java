package io.heapwarden.evidence.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Credentials from the files of a mounted Secret, read anew each time: the kubelet replaces them when the Secret changes. */
final class MountedCredentials implements AwsCredentialsProvider {

    private static final int LONGEST = 16 << 10;

    private final Path directory;

    MountedCredentials(Path directory) {
        this.directory = directory;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        String id = required("accessKeyId");
        String secret = required("secretAccessKey");
        String session = read("sessionToken");
        return session == null
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, session);
    }

    private String required(String name) {
        String value = read(name);
        if (value == null) {
            throw SdkClientException.create("there are no credentials: " + directory.resolve(name)
                    + " is missing or empty; the Secret needs the keys accessKeyId and secretAccessKey");
        }
        return value;
    }

    private @Nullable String read(String name) {
        Path file = directory.resolve(name);
        if (!Files.isReadable(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String value = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            return value.isEmpty() ? null : value;
        } catch (IOException e) {
            throw SdkClientException.create("the credentials in " + file + " cannot be read: " + e.getMessage());
        }
    }
}
