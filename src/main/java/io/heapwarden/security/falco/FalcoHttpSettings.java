package io.heapwarden.security.falco;

import org.jspecify.annotations.Nullable;

/**
 * Where events are received by HTTP, and from whom.
 *
 * @param host address to listen on
 * @param port 0 takes any
 * @param tokens who knows one may send, in the path or as bearer; null: a client certificate is needed
 * @param tls null: plain HTTP. With authorities, a client certificate that they vouch for may send as well
 * @param limits on connections and time
 */
public record FalcoHttpSettings(
        String host, int port, @Nullable SenderTokens tokens, @Nullable PemFiles tls, FalcoHttpLimits limits) {

    public static final int DEFAULT_PORT = 2802;

    public FalcoHttpSettings {
        if (tokens == null && (tls == null || tls.authorities() == null)) {
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
