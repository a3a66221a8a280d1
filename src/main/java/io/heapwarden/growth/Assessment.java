package io.heapwarden.growth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a container after a sample.
 *
 * @param state where it stands
 * @param verdict what kind of growth it is
 * @param confidence how likely the verdict is right, 0 to 1
 * @param reasons why, in words, the most important first
 * @param culprits the classes that explain the growth, the most likely first; empty while none is known
 * @param exhaustion when the tightest limit is reached, if the growth goes on; null while nothing grows
 * @param signals each signal that was seen
 * @param histogramWanted whether a class histogram would help to decide
 */
public record Assessment(
        State state,
        Verdict verdict,
        double confidence,
        List<String> reasons,
        List<Culprit> culprits,
        @Nullable Exhaustion exhaustion,
        Map<Signal, SignalReading> signals,
        boolean histogramWanted) {

    public Assessment {
        reasons = List.copyOf(reasons);
        culprits = List.copyOf(culprits);
        signals = Map.copyOf(signals);
    }

    /**
     * One signal as it stands.
     *
     * @param now its last value, in the signal's own unit
     * @param growthPerHour growth of its floor an hour; null while it is not known
     * @param limit where it ends; null if nothing limits it
     */
    public record SignalReading(double now, @Nullable Double growthPerHour, @Nullable Double limit) {}
}
