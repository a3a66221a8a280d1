package io.heapwarden.security.falco;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next connection: twice as long each time, and by chance up to half less, so that not all clients of a Falco come at once. */
final class ReconnectWait {

    private final Duration least;
    private final Duration most;
    private final RandomGenerator random;
    private Duration next;

    ReconnectWait(Duration least, Duration most, RandomGenerator random) {
        this.least = least;
        this.most = most;
        this.random = random;
        this.next = least;
    }

    /** The wait after a connection that lived well. */
    void reset() {
        next = least;
    }

    Duration next() {
        Duration whole = next;
        Duration twice = whole.multipliedBy(2);
        next = twice.compareTo(most) > 0 ? most : twice;
        return Duration.ofNanos((long) (whole.toNanos() * (1 - random.nextDouble() / 2)));
    }
}
