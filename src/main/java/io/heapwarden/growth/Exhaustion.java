package io.heapwarden.growth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a limit is reached, always an interval.
 *
 * @param earliest not before this long from now
 * @param latest not after this long from now; null when the growth may also end before the limit
 * @param signal whose limit it is
 */
public record Exhaustion(Duration earliest, @Nullable Duration latest, Signal signal) {}
