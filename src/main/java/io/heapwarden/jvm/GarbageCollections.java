package io.heapwarden.jvm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Garbage collections since the JVM started.
 *
 * @param young young or minor collections; for ZGC computed from its pauses; null for collectors without a young generation and for Shenandoah,
 *     whose counters do not count collections
 * @param full full, old or major collections, and never fewer than there were. For CMS each concurrent cycle counts twice, once for each of its
 *     pauses; for generational ZGC, computed from its pauses, it may be up to three fifths too many. It grows with each such collection and
 *     never else. Null for Shenandoah and Epsilon
 * @param pauseSeconds time that the application stood still for them, concurrent work left out; null for Shenandoah, whose counter mixes both
 * @param activity a number that grows whenever the collector has worked and never else; two readings with the same number saw the same last
 *     collection
 */
public record GarbageCollections(
        @Nullable Long young, @Nullable Long full, @Nullable Double pauseSeconds, long activity) {

    private static final List<String> COLLECTORS =
            List.of("sun.gc.collector.0.", "sun.gc.collector.1.", "sun.gc.collector.2.");
    private static final int Z_PAUSES_PER_COLLECTION = 3;
    private static final int Z_PAUSES_PER_MAJOR_COLLECTION = 5;

    static GarbageCollections from(Counters counters, Collector collector) throws MalformedOutputException {
        Long first = counters.number("sun.gc.collector.0.invocations");
        Long second = counters.number("sun.gc.collector.1.invocations");
        Long third = counters.number("sun.gc.collector.2.invocations");
        long activity = orZero(first) + orZero(second) + orZero(third);
        return switch (collector) {
            case G1, Serial, Parallel, CMS -> new GarbageCollections(first, second, pauseSeconds(counters), activity);
            case ZGC ->
                first == null
                        ? new GarbageCollections(
                                null, quotient(third, Z_PAUSES_PER_COLLECTION), pauseSeconds(counters), activity)
                        : new GarbageCollections(
                                quotient(first, Z_PAUSES_PER_COLLECTION),
                                quotient(third, Z_PAUSES_PER_MAJOR_COLLECTION),
                                pauseSeconds(counters),
                                activity);
            case Shenandoah, Epsilon, Unknown -> new GarbageCollections(null, null, null, activity);
        };
    }

    /**
     * Whether a collection was running when the counters were copied. Asked only of collectors that update their sizes in pauses; Shenandoah's
     * are live, and its collections run for long without stopping anybody.
     */
    static boolean running(Counters counters, Collector collector) throws MalformedOutputException {
        if (collector == Collector.Shenandoah) {
            return false;
        }
        for (String prefix : COLLECTORS) {
            Long entry = counters.number(prefix + "lastEntryTime");
            Long exit = counters.number(prefix + "lastExitTime");
            if (entry != null && exit != null && entry > exit) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Double pauseSeconds(Counters counters) throws MalformedOutputException {
        Double sum = null;
        for (String prefix : COLLECTORS) {
            Double seconds = counters.seconds(prefix + "time");
            if (seconds != null) {
                sum = sum == null ? seconds : Double.valueOf(sum + seconds);
            }
        }
        return sum;
    }

    private static @Nullable Long quotient(@Nullable Long pauses, int perCollection) {
        return pauses == null ? null : Long.valueOf(pauses / perCollection);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
