package io.heapwarden.security.falco;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where events are received by HTTP, and from whom.
 *
 * @param host address to listen on
 * @param port 0 takes any
 * @param token who knows it may send, in the path or as bearer; null: a client certificate is needed
 * @param tls null: plain HTTP. With authorities, a client certificate that they vouch for may send as well
 * @param limits on connections and time
 */
public record FalcoHttpSettings(
        String host, int port, @Nullable String token, @Nullable PemFiles tls, FalcoHttpLimits limits) {

    public static final int DEFAULT_PORT = 2802;

    /** Can be put into a path as it is, and is too long to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");

    public FalcoHttpSettings {
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "the token of the Falco receiver must have 16 to 128 of A-Z, a-z, 0-9, _ and -");
        }
        if (token == null && (tls == null || tls.authorities() == null)) {
            throw new IllegalArgumentException(
                    "the Falco receiver would take events from anybody: set a token, or TLS with authorities for client certificates");
        }
    }

    /** Holds a secret: not printed. */
    @Override
    public String toString() {
        return "FalcoHttpSettings[%s:%d%s]".formatted(host, port, tls == null ? "" : ", TLS");
    }
}
