package io.heapwarden.objective;

import io.heapwarden.growth.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an objective asks of a container at each moment. */
public sealed interface Criterion {

    /** No leak is confirmed: the objective of a policy that names none. */
    record NoConfirmedLeak() implements Criterion {}

    /**
     * A signal's floor must not grow by more than a bound within a window.
     *
     * @param signal which series
     * @param className the class, for signals of one class; null otherwise
     * @param maxGrowth the bound, in the signal's own unit
     * @param window the time over which growth is counted
     */
    record BoundedGrowth(Signal signal, @Nullable String className, double maxGrowth, Duration window)
            implements Criterion {}

    /**
     * The tightest limit must be further away than this, told by the early end of the interval.
     *
     * @param least the least time to exhaustion
     */
    record LeastTimeToExhaustion(Duration least) implements Criterion {}
}
