package io.heapwarden.probe;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.GarbageCollections;
import io.heapwarden.jvm.HeapInfo;
import io.heapwarden.jvm.HeapSizes;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.probe.ProbeResult.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts a reading together from the sources that answered. */
final class Readings {

    private static final double NANOS = 1e9;

    private Readings() {}

    /**
     * @param jvm what was found
     * @param heapInfo what the JVM said when it was asked for its heap; null when it was not
     * @param at when
     * @param startedAt start of this life
     * @param channel the way there
     * @param way how people know it, such as "exec"
     * @param histogramRefusal why no histogram can be taken
     */
    static JvmReading of(
            Inspection jvm,
            @Nullable HeapInfo heapInfo,
            Instant at,
            Instant startedAt,
            ChannelKind channel,
            String way,
            @Nullable Refusal<?> histogramRefusal) {
        JvmCounters counters = jvm.counters();
        if (counters != null) {
            return reading(
                    jvm,
                    counters.collector(),
                    fromCounters(jvm, counters, heapInfo, at),
                    counters.heap().max(),
                    startedAt,
                    (heapInfo == null ? "hsperfdata over " : "hsperfdata and GC.heap_info over ") + way,
                    histogramRefusal,
                    channel);
        }
        if (heapInfo != null) {
            return reading(
                    jvm,
                    heapInfo.collector(),
                    fromHeapInfo(jvm, heapInfo, at),
                    heapInfo.max(),
                    startedAt,
                    "GC.heap_info over " + way,
                    histogramRefusal,
                    channel);
        }
        return reading(
                jvm,
                Collector.Unknown,
                sample(jvm, at, null, null, null, null, null),
                null,
                startedAt,
                "process and control group over " + way,
                histogramRefusal,
                channel);
    }

    private static JvmReading reading(
            Inspection jvm,
            Collector collector,
            Sample sample,
            @Nullable Long maxHeap,
            Instant startedAt,
            String source,
            @Nullable Refusal<?> histogramRefusal,
            ChannelKind channel) {
        JvmCounters counters = jvm.counters();
        return new JvmReading(
                new JvmIdentity(
                        jvm.pid(),
                        startedAt,
                        counters == null ? null : counters.javaVersion(),
                        collector,
                        Math.max(1, jvm.jvms())),
                sample,
                maxHeap,
                jvm.memory().limit(),
                counters == null ? null : counters.metaspace().max(),
                counters == null ? null : counters.options().maxDirectMemory(),
                jvm.memory().maxThreads(),
                source,
                histogramRefusal,
                Route.of(channel),
                new Vitals(sample.at(), counters, jvm.memory().events()));
    }

    private static Sample fromCounters(Inspection jvm, JvmCounters counters, @Nullable HeapInfo heapInfo, Instant at) {
        GarbageCollections gc = counters.collections();
        return sample(
                jvm,
                at,
                heapInfo == null ? counters.heap() : heap(heapInfo),
                counters.metaspace().used(),
                counters.classes(),
                counters.threads(),
                gc.young() == null && gc.full() == null
                        ? null
                        : new GcCount(
                                orZero(gc.young()),
                                orZero(gc.full()),
                                gc.pauseSeconds() == null ? 0 : gc.pauseSeconds()));
    }

    private static Sample fromHeapInfo(Inspection jvm, HeapInfo info, Instant at) {
        return sample(jvm, at, heap(info), info.metaspaceUsed(), null, null, null);
    }

    private static HeapSizes heap(HeapInfo info) {
        return new HeapSizes(info.used(), null, info.committed(), info.max());
    }

    private static Sample sample(
            Inspection jvm,
            Instant at,
            @Nullable HeapSizes heap,
            @Nullable Long metaspace,
            JvmCounters.@Nullable Classes classes,
            @Nullable Long threads,
            @Nullable GcCount gc) {
        ProcessStatus process = jvm.process();
        return Sample.at(at)
                .heapUsed(heap == null ? null : heap.used())
                .heapAfterGc(heap == null ? null : heap.afterGc())
                .heapCommitted(heap == null ? null : heap.committed())
                .metaspace(metaspace)
                .classesLoaded(classes == null ? null : classes.loaded())
                .classesUnloaded(classes == null ? null : classes.unloaded())
                .threads(threads == null ? Long.valueOf(process.threads()) : threads)
                .rss(process.rss())
                .anon(jvm.memory().anon())
                .workingSet(jvm.memory().workingSet())
                .cpuSeconds(process.cpu().toNanos() / NANOS)
                .gc(gc)
                .build();
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
