package io.heapwarden.response.notify;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a limit is reached, as times of day: a notice may be read long after it was written.
 *
 * @param earliest not before
 * @param latest not after; null when the growth may also end before the limit
 * @param signal whose limit it is
 */
public record ExhaustionWindow(Instant earliest, @Nullable Instant latest, Signal signal) {

    /** What an estimate that was made now means. */
    public static ExhaustionWindow of(Exhaustion exhaustion, Instant now) {
        Instant latest = exhaustion.latest() == null ? null : now.plus(exhaustion.latest());
        return new ExhaustionWindow(now.plus(exhaustion.earliest()), latest, exhaustion.signal());
    }

    /** In words: {@code HeapAfterGC between 2026-11-23T14:10:00Z and 2026-11-23T16:40:00Z}. */
    String words() {
        return latest == null
                ? signal + " not before " + minute(earliest)
                : signal + " between " + minute(earliest) + " and " + minute(latest);
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
