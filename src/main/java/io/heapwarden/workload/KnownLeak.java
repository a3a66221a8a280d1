package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A leak that some life of a workload had.
 *
 * @param signal which series
 * @param culprit the class that explains it; null when none was found
 * @param firstRevision the revision it was first seen in
 * @param firstSeen start of the first life that had it
 * @param lastRevision the newest revision it was seen in
 * @param age the least age at which it was confirmed
 */
public record KnownLeak(
        Signal signal,
        @Nullable String culprit,
        String firstRevision,
        Instant firstSeen,
        String lastRevision,
        Duration age) {

    /** Whether it is the same: in one signal, and of one class where both know theirs. The class is often found after the leak. */
    boolean isLike(LifeSummary.Leak leak) {
        return signal == leak.signal() && (culprit == null || leak.culprit() == null || culprit.equals(leak.culprit()));
    }
}
