package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.GarbageCollections;
import io.heapwarden.jvm.HeapSizes;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.StartOptions;
import java.time.Duration;
import java.time.Instant;

/** What a look finds at a G1 JVM that may be asked, by how long it has stood still and how much memory is free. */
final class LookedAtJvm {

    private static final long MIB = 1 << 20;

    private LookedAtJvm() {}

    static Inspection jvm(double stoodSeconds, double collectingSeconds) {
        return jvm(stoodSeconds, collectingSeconds, 256 * MIB);
    }

    static Inspection jvm(double stoodSeconds, double collectingSeconds, long free) {
        return new Inspection(
                1,
                1,
                false,
                true,
                false,
                false,
                "/usr/bin/jcmd",
                null,
                new ProcessStatus(256 * MIB, 250 * MIB, 20, true, 1, Instant.EPOCH, Duration.ZERO),
                new CgroupMemory(
                        512 * MIB,
                        512 * MIB,
                        512 * MIB - free,
                        256 * MIB,
                        200 * MIB,
                        0,
                        0L,
                        null,
                        ContainerEvents.UNKNOWN),
                counters(stoodSeconds, collectingSeconds));
    }

    private static JvmCounters counters(double stoodSeconds, double collectingSeconds) {
        return new JvmCounters(
                null,
                null,
                null,
                Collector.G1,
                new HeapSizes(null, null, null, null),
                null,
                new JvmCounters.Metaspace(null, null, null),
                new JvmCounters.Classes(null, null, null, null),
                null,
                new GarbageCollections(null, null, collectingSeconds, 0L),
                new JvmCounters.Safepoints(1L, stoodSeconds),
                true,
                new StartOptions(null, null, null, null),
                false);
    }
}
