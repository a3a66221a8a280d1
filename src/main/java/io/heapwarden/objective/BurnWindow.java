package io.heapwarden.objective;

import java.time.Duration;

/** The windows over which burning is looked at. */
public enum BurnWindow {
    FiveMinutes(Duration.ofMinutes(5)),
    HalfAnHour(Duration.ofMinutes(30)),
    OneHour(Duration.ofHours(1)),
    SixHours(Duration.ofHours(6)),
    ThreeDays(Duration.ofDays(3));

    private final Duration length;

    BurnWindow(Duration length) {
        this.length = length;
    }

    public Duration length() {
        return length;
    }
}
