package io.heapwarden.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Leaves containers alone that did not answer: for a time that doubles with each failure, and not at all after a success. */
final class BackOff {

    private record Pause(Instant until, Duration length) {}

    private final Clock clock;
    private final Duration first;
    private final Duration longest;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    BackOff(Clock clock, Duration first, Duration longest) {
        this.clock = clock;
        this.first = first;
        this.longest = longest;
    }

    /** How long a container still has to be left alone; null when it may be asked. */
    @Nullable Duration remaining(String containerId) {
        Pause pause = pauses.get(containerId);
        Instant now = clock.instant();
        return pause == null || !now.isBefore(pause.until()) ? null : Duration.between(now, pause.until());
    }

    void failed(String containerId) {
        Instant now = clock.instant();
        // Containers end without telling; a pause that has been over for the longest time is of nobody any more.
        pauses.values().removeIf(pause -> pause.until().plus(longest).isBefore(now));
        pauses.compute(containerId, (id, before) -> {
            Duration length = before == null ? first : before.length().multipliedBy(2);
            Duration bounded = length.compareTo(longest) > 0 ? longest : length;
            return new Pause(now.plus(bounded), bounded);
        });
    }

    void succeeded(String containerId) {
        pauses.remove(containerId);
    }
}
