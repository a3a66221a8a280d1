package io.heapwarden.probe.http;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param connect for the connection to be made, TLS left out
 * @param total from the call to the last byte of the answer
 * @param bodyCap most bytes of an answer
 */
public record HttpLimits(Duration connect, Duration total, long bodyCap) {}
