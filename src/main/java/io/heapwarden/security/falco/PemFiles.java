package io.heapwarden.security.falco;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where keys and certificates are, in PEM, as cert-manager and Secrets have them. They are read again and again, so that renewed ones are used.
 *
 * @param certificate own certificate, then those of intermediate authorities
 * @param key its private key, not encrypted: PKCS#8, or PKCS#1 as cert-manager writes it by default
 * @param authorities certificates that are trusted to vouch for the other side; null: for a server, clients need none; for a client, those of the JDK
 */
public record PemFiles(Path certificate, Path key, @Nullable Path authorities) {

    private static final int MOST_BYTES = 1 << 20;

    /** @throws IOException when a file is not there, empty, or larger than 1 MiB */
    PemMaterial read() throws IOException {
        return new PemMaterial(text(certificate), text(key), authorities == null ? null : text(authorities));
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length == 0 || content.length > MOST_BYTES) {
                throw new IOException("%s has %s: expected PEM"
                        .formatted(file, content.length == 0 ? "nothing in it" : "over 1 MiB"));
            }
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }
}
