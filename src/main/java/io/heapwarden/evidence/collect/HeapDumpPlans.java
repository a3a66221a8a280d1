package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.heapdump.HeapDumpPlan;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.Directory;
import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.probe.AttachSafety;
import io.heapwarden.probe.CgroupMemory;
import io.heapwarden.probe.DirectorySpace;
import io.heapwarden.probe.Inspection;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of a JVM and of a place for its dump. */
final class HeapDumpPlans {

    private HeapDumpPlans() {}

    /** @param client bytes of memory that the diagnostic client needs */
    static HeapDumpPlan of(Inspection jvm, HeapDumpOrder order, DirectorySpace space, long client) {
        return new HeapDumpPlan(
                jvm(jvm, order),
                order.maxPause(),
                order.bounds().livenessProbes(),
                memory(jvm.memory(), client),
                directory(order.bounds(), space));
    }

    private static HeapDumpPlan.Jvm jvm(Inspection jvm, HeapDumpOrder order) {
        JvmCounters counters = jvm.counters();
        long used = AttachSafety.heapAtMost(jvm);
        Long committed = counters == null ? null : counters.heap().committed();
        Integer version = FeatureVersion.of(counters == null ? null : counters.javaVersion());
        return new HeapDumpPlan.Jvm(
                true,
                version == null ? 0 : version,
                counters == null ? Collector.Unknown : counters.collector(),
                used,
                committed == null ? used : committed,
                order.live(),
                order.bounds().processors());
    }

    private static HeapDumpPlan.Memory memory(CgroupMemory memory, long client) {
        long usage = orZero(memory.usage());
        return new HeapDumpPlan.Memory(memory.ceiling(), usage - Math.min(memory.reclaimable(), usage), client);
    }

    private static Directory directory(PodBounds bounds, DirectorySpace space) {
        return new Directory(
                switch (space.kind()) {
                    case Memory -> Directory.Kind.MEMORY;
                    case ContainerLayer, EmptyDir -> Directory.Kind.NODE_DISK;
                    case Volume -> bounds.hostPath() ? Directory.Kind.NODE_DISK : Directory.Kind.VOLUME;
                },
                space.capacity(),
                space.free(),
                bounds.volumeSizeLimit(),
                orZero(space.used()),
                bounds.ephemeralLimit(),
                bounds.ephemeralUsed());
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
