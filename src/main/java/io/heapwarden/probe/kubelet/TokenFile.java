package io.heapwarden.probe.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bearer token in a file, read anew for every request: the kubelet replaces a service account's token about hourly, and a request a node every
 * 30 s makes reading a kilobyte cheaper than knowing when.
 *
 * @param file holds the token and nothing else
 */
public record TokenFile(Path file) {

    /** Where a pod has its service account's token. */
    public static final TokenFile SERVICE_ACCOUNT =
            new TokenFile(Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"));

    private static final int LONGEST = 64 << 10;

    String read() throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("longer than a token can be");
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IOException("no token in it");
        }
        return token;
    }
}
