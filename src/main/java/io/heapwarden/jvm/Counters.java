package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/** Reads sizes, counts and times out of {@link PerfData} and refuses values that they cannot have. */
final class Counters {

    /** One exabyte, or more events than a JVM can live through: beyond it a value is garbage, and sums of them cannot overflow below it. */
    private static final long PLAUSIBLE = 1L << 60;

    private final PerfData data;

    Counters(PerfData data) {
        this.data = data;
    }

    /** A size or count; null when the JVM does not have it. */
    @Nullable
    Long number(String name) throws MalformedOutputException {
        Long value = data.number(name);
        if (value != null && (value < 0 || value > PLAUSIBLE)) {
            throw new MalformedOutputException("hsperfdata counter " + name + " is " + value + ", which it cannot be");
        }
        return value;
    }

    /** As {@link #number}, for what cannot be zero in a JVM that runs: zero is what the counter holds before its first update. */
    @Nullable
    Long positive(String name) throws MalformedOutputException {
        Long value = number(name);
        return value == null || value == 0 ? null : value;
    }

    /** The sum of counters; null when one is missing. */
    @Nullable
    Long sum(String... names) throws MalformedOutputException {
        long sum = 0;
        for (String name : names) {
            Long value = number(name);
            if (value == null) {
                return null;
            }
            sum = Math.min(PLAUSIBLE, sum + value);
        }
        return sum;
    }

    /** A time in ticks of the JVM's clock, as seconds. */
    @Nullable
    Double seconds(String name) throws MalformedOutputException {
        Long ticks = number(name);
        Long frequency = positive("sun.os.hrt.frequency");
        return ticks == null || frequency == null ? null : (double) ticks / frequency;
    }

    boolean has(String name) {
        return data.number(name) != null;
    }
}
