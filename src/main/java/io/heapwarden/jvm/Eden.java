package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/**
 * Where new objects begin. Sizes are in bytes.
 *
 * @param used in use, when the counter was last written
 * @param capacity how much fits before it is collected; G1 changes it with each collection
 * @param live whether {@code used} is kept up between collections: region by region with G1, every 50 ms with Serial and Parallel up to JDK 24;
 *     not from JDK 25 on
 */
public record Eden(long used, long capacity, boolean live) {

    /** Null where the collector has none, or none whose counters mean it: ZGC, Shenandoah. */
    static @Nullable Eden from(Counters counters, Collector collector) throws MalformedOutputException {
        Long used = counters.number("sun.gc.generation.0.space.0.used");
        Long capacity = counters.positive("sun.gc.generation.0.space.0.capacity");
        return switch (collector) {
            case G1 -> used == null || capacity == null ? null : new Eden(used, capacity, true);
            case Serial, Parallel, CMS ->
                used == null || capacity == null ? null : new Eden(used, capacity, counters.has("sun.os.hrt.ticks"));
            case Epsilon -> {
                Long heap = counters.number("sun.gc.generation.1.space.0.used");
                Long max = counters.number("sun.gc.generation.1.maxCapacity");
                yield heap == null || max == null ? null : new Eden(heap, max, true);
            }
            case ZGC, Shenandoah, Unknown -> null;
        };
    }
}
