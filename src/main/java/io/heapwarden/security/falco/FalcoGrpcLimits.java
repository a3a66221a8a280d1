package io.heapwarden.security.falco;

import java.time.Duration;

/**
 * The times of a gRPC client.
 *
 * @param ask time between two requests for events: Falco sends them only in answer to one
 * @param alive time between two questions for Falco's version, by which one that does not answer is told; pings of HTTP/2 would be too many for Falco, which
 *     takes one in 5 min while it has no events
 * @param answer longest time of such an answer, and of making a connection
 * @param leastWait first time from the end of a connection to the next; it doubles each time
 * @param mostWait longest time between two connections
 * @param steady a connection that lives so long makes the next wait short again
 */
public record FalcoGrpcLimits(
        Duration ask, Duration alive, Duration answer, Duration leastWait, Duration mostWait, Duration steady) {

    public static final FalcoGrpcLimits DEFAULT = new FalcoGrpcLimits(
            Duration.ofMillis(50),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30));
}
