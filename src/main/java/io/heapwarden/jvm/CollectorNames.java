package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/** Tells the collector from the names that the JVM gives to its policy and to its collections. */
final class CollectorNames {

    private CollectorNames() {}

    static Collector collectorOf(PerfData data) {
        String policy = data.text("sun.gc.policy.name");
        if (policy != null) {
            return ofPolicy(policy);
        }
        // ZGC, Shenandoah and Epsilon have no policy counters. Generational ZGC has collectors 0 and 2, the older one
        // has 2 only.
        if (startsWith(data.text("sun.gc.collector.2.name"), "Z")) {
            return Collector.ZGC;
        }
        if (startsWith(data.text("sun.gc.collector.1.name"), "Shenandoah")) {
            return Collector.Shenandoah;
        }
        // The first ZGC, of JDK 11 and some after it, counts nothing.
        boolean collects = data.text("sun.gc.collector.0.name") != null || data.text("sun.gc.collector.1.name") != null;
        String heap = data.text("sun.gc.generation.1.name");
        if (collects || heap == null) {
            return Collector.Unknown;
        }
        return switch (heap) {
            case "Heap" -> Collector.Epsilon;
            case "old" -> Collector.ZGC;
            default -> Collector.Unknown;
        };
    }

    private static Collector ofPolicy(String policy) {
        if (policy.equals("GarbageFirst")) {
            return Collector.G1;
        }
        if (policy.endsWith(":CMS")) {
            return Collector.CMS;
        }
        if (policy.startsWith("ParScav:")) {
            return Collector.Parallel;
        }
        return policy.equals("Copy:MSC") ? Collector.Serial : Collector.Unknown;
    }

    private static boolean startsWith(@Nullable String name, String prefix) {
        return name != null && name.startsWith(prefix);
    }
}
