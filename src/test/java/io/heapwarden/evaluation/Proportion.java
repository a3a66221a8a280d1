package io.heapwarden.evaluation;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * So many of so many, with the 95 % interval of Wilson (Probable inference, the law of succession, and statistical inference, JASA 22, 1927), which is
 * honest for small numbers and for proportions of 0 and 1.
 */
record Proportion(long hits, long of) {

    private static final double Z = 1.959964;

    static <T> Proportion of(Collection<T> all, Predicate<T> hit) {
        return new Proportion(all.stream().filter(hit).count(), all.size());
    }

    Proportion plus(Proportion other) {
        return new Proportion(hits + other.hits, of + other.of);
    }

    /** The share, NaN of nothing. */
    double value() {
        return (double) hits / of;
    }

    double low() {
        return Math.max(0, middle() - halfWidth());
    }

    double high() {
        return Math.min(1, middle() + halfWidth());
    }

    private double middle() {
        return (value() + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double halfWidth() {
        double p = value();
        return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    }

    /** For a table: {@code 0.97 (35 of 36; 0.86–1.00)}. */
    @Override
    public String toString() {
        return of == 0
                ? "–"
                : String.format(Locale.ROOT, "%.3f (%d of %d; %.2f–%.2f)", value(), hits, of, low(), high());
    }

    /** For a narrow table: {@code 35/36}. */
    String brief() {
        return of == 0 ? "–" : hits + "/" + of;
    }
}
