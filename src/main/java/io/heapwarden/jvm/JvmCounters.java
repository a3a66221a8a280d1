package io.heapwarden.jvm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the hsperfdata counters of a JVM say, with the differences between collectors and JDK versions resolved. Sizes are in bytes, times in
 * seconds. What the JVM does not say, or does not say yet, is null and never zero.
 *
 * @param javaVersion such as 17.0.15 or 1.8.0_504
 * @param javaHome where the JVM is installed, inside its container
 * @param startedAt when the JVM started, by its own clock
 * @param collector its garbage collector
 * @param heap sizes of the heap
 * @param eden where new objects begin; null where the collector has none that it counts
 * @param metaspace sizes of the metaspace
 * @param classes classes since the start
 * @param threads platform threads alive
 * @param collections garbage collections since the start
 * @param safepoints safepoints since the start
 * @param attachSupported whether diagnostic commands can be sent; false with -XX:+DisableAttachMechanism
 * @param options what was derived from the JVM's arguments; the arguments themselves are not kept, as they may hold secrets
 * @param torn whether a collection was running while the counters were copied, so that sizes and counts are of different moments; read again
 */
public record JvmCounters(
        @Nullable String javaVersion,
        @Nullable String javaHome,
        @Nullable Instant startedAt,
        Collector collector,
        HeapSizes heap,
        @Nullable Eden eden,
        Metaspace metaspace,
        Classes classes,
        @Nullable Long threads,
        GarbageCollections collections,
        Safepoints safepoints,
        @Nullable Boolean attachSupported,
        StartOptions options,
        boolean torn) {

    /**
     * Metaspace, the compressed class space included. The JVM updates these numbers at collections only.
     *
     * @param used null before the first collection
     * @param committed null before the first collection
     * @param max MaxMetaspaceSize; null when it is not limited, or when the arguments are too long to tell
     */
    public record Metaspace(@Nullable Long used, @Nullable Long committed, @Nullable Long max) {}

    /**
     * Classes since the start.
     *
     * @param loaded with those from the shared archive
     * @param unloaded with those from the shared archive
     * @param sharedLoaded those of {@code loaded} that came from the shared archive
     * @param sharedUnloaded those of {@code unloaded} that came from the shared archive
     */
    public record Classes(
            @Nullable Long loaded,
            @Nullable Long unloaded,
            @Nullable Long sharedLoaded,
            @Nullable Long sharedUnloaded) {}

    /**
     * Safepoints since the start, for whatever reason.
     *
     * @param count how many
     * @param seconds how long the application stood still
     */
    public record Safepoints(@Nullable Long count, @Nullable Double seconds) {}

    /**
     * Interprets the counters.
     *
     * @throws MalformedOutputException when a counter has a value that it cannot have
     */
    public static JvmCounters from(PerfData data) throws MalformedOutputException {
        Counters counters = new Counters(data);
        Collector collector = CollectorNames.collectorOf(data);
        GarbageCollections collections = GarbageCollections.from(counters, collector);
        StartOptions options = StartOptions.from(data);
        Long startedAt = counters.number("sun.rt.createVmBeginTime");
        String capabilities = data.text("sun.rt.jvmCapabilities");
        return new JvmCounters(
                data.text("java.property.java.version"),
                data.text("java.property.java.home"),
                startedAt == null || startedAt == 0 ? null : Instant.ofEpochMilli(startedAt),
                collector,
                HeapSizes.from(counters, collector, collections.activity()),
                Eden.from(counters, collector),
                new Metaspace(
                        counters.positive("sun.gc.metaspace.used"),
                        counters.positive("sun.gc.metaspace.capacity"),
                        options.maxMetaspace()),
                classes(counters),
                counters.positive("java.threads.live"),
                collections,
                new Safepoints(counters.number("sun.rt.safepoints"), counters.seconds("sun.rt.safepointTime")),
                capabilities == null || capabilities.isEmpty() ? null : capabilities.charAt(0) == '1',
                options,
                GarbageCollections.running(counters, collector));
    }

    private static Classes classes(Counters counters) throws MalformedOutputException {
        Long sharedLoaded = counters.number("java.cls.sharedLoadedClasses");
        Long sharedUnloaded = counters.number("java.cls.sharedUnloadedClasses");
        return new Classes(
                counters.sum("java.cls.loadedClasses", "java.cls.sharedLoadedClasses"),
                counters.sum("java.cls.unloadedClasses", "java.cls.sharedUnloadedClasses"),
                sharedLoaded,
                sharedUnloaded);
    }
}
