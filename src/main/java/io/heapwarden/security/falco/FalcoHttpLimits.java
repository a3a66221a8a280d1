package io.heapwarden.security.falco;

import java.time.Duration;

/**
 * What one sender may take of the receiver.
 *
 * @param connections most at a time; further ones are closed at once
 * @param handshake longest time of a TLS handshake
 * @param request longest time from the connection to its first complete request, and from a request's headers to its end
 * @param idle longest time between two requests of a connection; Falco keeps one open
 * @param reload time between two looks at the certificates' files
 */
public record FalcoHttpLimits(int connections, Duration handshake, Duration request, Duration idle, Duration reload) {

    public static final FalcoHttpLimits DEFAULT = new FalcoHttpLimits(
            256, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(10));
}
