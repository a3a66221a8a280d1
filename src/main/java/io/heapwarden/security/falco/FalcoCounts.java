package io.heapwarden.security.falco;

import io.heapwarden.security.Severity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts since start, for metrics. Safe for use by many threads. */
public final class FalcoCounts {

    private final Map<FalcoCount, LongAdder> counts = adders(FalcoCount.class);
    private final Map<FalcoRejection, LongAdder> rejected = adders(FalcoRejection.class);
    private final Map<Severity, LongAdder> dropped = adders(Severity.class);

    public long get(FalcoCount what) {
        return of(counts, what).sum();
    }

    /** What came in and is no event, by reason. */
    public long rejected(FalcoRejection reason) {
        return of(rejected, reason).sum();
    }

    /** Events for which the queue had no room, by their severity. */
    public long dropped(Severity severity) {
        return of(dropped, severity).sum();
    }

    void add(FalcoCount what) {
        of(counts, what).increment();
    }

    void reject(FalcoRejection reason) {
        of(rejected, reason).increment();
    }

    void drop(Severity severity) {
        of(dropped, severity).increment();
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E key) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException("no count for " + key);
        }
        return adder;
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        Arrays.stream(type.getEnumConstants()).forEach(key -> adders.put(key, new LongAdder()));
        return adders;
    }
}
