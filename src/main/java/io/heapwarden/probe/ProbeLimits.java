package io.heapwarden.probe;

import java.time.Duration;

/**
 * What a probe may cost. docs/probing.md lists these defaults for users.
 *
 * @param countersTimeout for reading the counters; 10 s
 * @param countersCap most bytes that reading the counters may write; 256 KiB, of which hsperfdata is 32
 * @param attachTimeout for a diagnostic command, its way through the API server included; 30 s
 * @param clientTimeout for the diagnostic client inside the container, so that it ends before we stop listening; 20 s
 * @param attachCap most bytes of a diagnostic command's answer; 4 MiB, which is some 60,000 classes
 * @param headroom free memory the container must have for a diagnostic client; 32 MiB. jcmd takes up to 22 MiB that cannot be reclaimed, and a
 *     container that runs out of memory is killed whole; the rest is margin for the application
 * @param firstBackOff how long a container is left alone after it did not answer; 1 min, doubled each time
 * @param longestBackOff the longest it is left alone; 1 h
 */
public record ProbeLimits(
        Duration countersTimeout,
        int countersCap,
        Duration attachTimeout,
        Duration clientTimeout,
        int attachCap,
        long headroom,
        Duration firstBackOff,
        Duration longestBackOff) {

    public static final ProbeLimits DEFAULTS = new ProbeLimits(
            Duration.ofSeconds(10),
            256 << 10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            4 << 20,
            32L << 20,
            Duration.ofMinutes(1),
            Duration.ofHours(1));

    /** Where no diagnostic client is started in the container, only the JVM's own answer needs room: 4 MiB. */
    public static final ProbeLimits WITHOUT_CLIENT = DEFAULTS.withHeadroom(4L << 20);

    /** The same limits with another need of free memory. */
    ProbeLimits withHeadroom(long bytes) {
        return new ProbeLimits(
                countersTimeout,
                countersCap,
                attachTimeout,
                clientTimeout,
                attachCap,
                bytes,
                firstBackOff,
                longestBackOff);
    }
}
