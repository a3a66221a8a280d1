package io.heapwarden.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The middle of some values and the value that nine tenths do not exceed; nulls are left out. */
record Medians(List<Double> sorted) {

    static Medians of(Collection<@Nullable Double> values) {
        return new Medians(values.stream().filter(Objects::nonNull).sorted().toList());
    }

    /** The value below which this share of the values lies; NaN of nothing. */
    double quantile(double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** For a table: {@code 0.21, nine tenths ≤ 0.38}. */
    @Override
    public String toString() {
        return sorted.isEmpty() ? "–" : "median " + text(quantile(0.5)) + ", nine tenths ≤ " + text(quantile(0.9));
    }

    static String text(double value) {
        return Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%.2f", value);
    }
}
