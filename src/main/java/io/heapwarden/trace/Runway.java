package io.heapwarden.trace;

import io.heapwarden.growth.Exhaustion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the time to exhaustion is written down: rounded outwards, so that the interval still holds what it held. */
public final class Runway {

    /** A bound that moves by more than this share is news. */
    private static final double NEWS = 0.10;

    private static final Duration SECONDS_BELOW = Duration.ofHours(2);
    private static final Duration MINUTES_BELOW = Duration.ofDays(2);

    private Runway() {}

    /** To whole seconds below two hours, minutes below two days, hours above. */
    public static @Nullable Exhaustion rounded(@Nullable Exhaustion exhaustion) {
        if (exhaustion == null) {
            return null;
        }
        Duration latest = exhaustion.latest();
        Duration earliest = exhaustion.earliest();
        long latestStep = latest == null ? 1 : step(latest);
        return new Exhaustion(
                Duration.ofSeconds(earliest.toSeconds() / step(earliest) * step(earliest)),
                latest == null
                        ? null
                        : Duration.ofSeconds(
                                Math.ceilDiv(latest.plusNanos(999_999_999).toSeconds(), latestStep) * latestStep),
                exhaustion.signal());
    }

    private static long step(Duration duration) {
        if (duration.compareTo(SECONDS_BELOW) < 0) {
            return 1;
        }
        return duration.compareTo(MINUTES_BELOW) < 0 ? 60 : 3600;
    }

    static boolean moved(@Nullable Exhaustion from, @Nullable Exhaustion to) {
        if (from == null || to == null) {
            return from != to;
        }
        return from.signal() != to.signal()
                || moved(from.earliest(), to.earliest())
                || moved(from.latest(), to.latest());
    }

    private static boolean moved(@Nullable Duration from, @Nullable Duration to) {
        if (from == null || to == null) {
            return from != to;
        }
        return Math.abs(to.toSeconds() - from.toSeconds()) > Math.max(1, NEWS * from.toSeconds());
    }
}
