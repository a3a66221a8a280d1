package io.heapwarden.objective;

import java.time.Duration;

/** The windows over which burning is looked at. */
public enum BurnWindow {
    FiveMinutes(Duration.ofMinutes(5), "5m"),
    HalfAnHour(Duration.ofMinutes(30), "30m"),
    OneHour(Duration.ofHours(1), "1h"),
    SixHours(Duration.ofHours(6), "6h"),
    ThreeDays(Duration.ofDays(3), "3d");

    private final Duration length;
    private final String label;

    BurnWindow(Duration length, String label) {
        this.length = length;
        this.label = label;
    }

    /** As in status and metrics, such as 30m. */
    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }
}
