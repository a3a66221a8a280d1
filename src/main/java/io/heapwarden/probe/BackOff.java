package io.heapwarden.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Leaves containers alone that did not answer: for a time that doubles with each failure, and not at all
 * after a success. What was long ago counts no more.
 */
final class BackOff {

    private record Pause(Instant until, Duration length) {}

    private final Clock clock;
    private final Duration first;
    private final Duration longest;
    private final Remembered<Pause> pauses = new Remembered<>();

    BackOff(Clock clock, Duration first, Duration longest) {
        this.clock = clock;
        this.first = first;
        this.longest = longest;
    }

    /** How long a container still has to be left alone; null when it may be asked. */
    @Nullable
    Duration remaining(String containerId) {
        Pause pause = pauses.get(containerId);
        Instant now = clock.instant();
        return pause == null || !now.isBefore(pause.until()) ? null : Duration.between(now, pause.until());
    }

    /** Hands back until when it is left alone. */
    Instant failed(String containerId) {
        Instant now = clock.instant();
        return pauses.change(containerId, id -> new Pause(now, Duration.ZERO), before -> {
                    boolean anew = before.length().isZero()
                            || before.until().plus(longest).isBefore(now);
                    Duration length = anew ? first : before.length().multipliedBy(2);
                    Duration bounded = length.compareTo(longest) > 0 ? longest : length;
                    return new Pause(now.plus(bounded), bounded);
                })
                .until();
    }

    void succeeded(String containerId) {
        pauses.forget(containerId);
    }
}
