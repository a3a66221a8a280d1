package io.heapwarden.cli;

import io.heapwarden.api.Durations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When a recording takes class histograms. */
sealed interface HistogramPlan {

    /** Sampling intervals between two histograms that are taken on suspicion. */
    int INTERVALS_BETWEEN = 10;

    /** At fixed times. */
    record Every(Duration distance) implements HistogramPlan {}

    /** When the detector wants one to decide. */
    record OnSuspicion() implements HistogramPlan {}

    /** Not at all. */
    record Never() implements HistogramPlan {}

    /**
     * Whether one is due.
     *
     * @param last when the last one was asked for; null when none was
     * @param wanted whether the detector wants one
     */
    default boolean due(Instant now, @Nullable Instant last, boolean wanted, Duration interval) {
        return switch (this) {
            case Every(Duration distance) -> last == null || !now.isBefore(last.plus(distance));
            case OnSuspicion() ->
                wanted && (last == null || !now.isBefore(last.plus(interval.multipliedBy(INTERVALS_BETWEEN))));
            case Never() -> false;
        };
    }

    /** Reads {@code every 10s}, {@code on-suspicion} or {@code never}. */
    final class Option implements ITypeConverter<HistogramPlan> {
        @Override
        public HistogramPlan convert(String text) {
            if (text.equals("never")) {
                return new Never();
            }
            if (text.equals("on-suspicion")) {
                return new OnSuspicion();
            }
            try {
                if (text.startsWith("every ") || text.startsWith("every=")) {
                    return new Every(Durations.parse(text.substring("every ".length())));
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
            throw new TypeConversionException("'" + text + "' is none of 'every 10s', on-suspicion and never");
        }
    }
}
