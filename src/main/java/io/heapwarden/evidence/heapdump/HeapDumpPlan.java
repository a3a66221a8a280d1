package io.heapwarden.evidence.heapdump;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump that somebody wants, and what is known of the place where it would be taken.
 *
 * @param jvm the JVM
 * @param maxPause how long the application may stand still for it
 * @param livenessProbes those of the container; empty when it has none
 * @param memory of its control group
 * @param directory where the JVM would write the file
 */
public record HeapDumpPlan(
        Jvm jvm, Duration maxPause, List<LivenessProbe> livenessProbes, Memory memory, Directory directory) {

    public HeapDumpPlan {
        livenessProbes = List.copyOf(livenessProbes);
    }

    /**
     * The JVM.
     *
     * @param attachable whether it can be asked for a dump: attach is not disabled, and it handles SIGQUIT
     * @param version feature version, such as 21; 0 when it is not known
     * @param collector its collector
     * @param used bytes of heap in use, garbage included
     * @param committed bytes of heap committed, at least those in use
     * @param live whether a full collection comes first, as {@code GC.heap_dump} does without {@code -all}
     * @param processors the container's limit of processors, such as 0.5; null when it has none
     */
    public record Jvm(
            boolean attachable,
            int version,
            Collector collector,
            long used,
            long committed,
            boolean live,
            @Nullable Double processors) {

        /** No heap is larger. A JVM that claims to have more than this must not make a prediction overflow. */
        private static final long MOST = 1L << 50;

        public Jvm {
            used = Math.clamp(used, 0, MOST);
            committed = Math.clamp(committed, used, MOST);
        }
    }

    /**
     * A liveness probe as the pod's spec has it.
     *
     * @param period {@code periodSeconds}
     * @param timeOut {@code timeoutSeconds}
     * @param failureThreshold {@code failureThreshold}, at least 1
     */
    public record LivenessProbe(Duration period, Duration timeOut, int failureThreshold) {

        /**
         * How long the application may stand still without being killed, at worst: from the start of a probe until the one that is the last to be
         * allowed to fail has timed out.
         */
        public Duration tolerance() {
            return period.multipliedBy(failureThreshold - 1L).plus(timeOut);
        }
    }

    /**
     * The memory of the container.
     *
     * @param limit its limit in bytes; null when it has none
     * @param unreclaimable bytes in use that cannot be reclaimed: without page cache
     * @param client bytes that the program takes which asks the JVM, if it runs in the container
     */
    public record Memory(@Nullable Long limit, long unreclaimable, long client) {}

    /**
     * Where the dump is written to.
     *
     * @param kind what it is on
     * @param capacity bytes of its file system
     * @param free bytes of it that are free
     * @param sizeLimit bytes its {@code emptyDir} may have; null when it is none, or without a limit
     * @param used bytes that this {@code emptyDir} has
     * @param ephemeralLimit the container's limit of {@code ephemeral-storage} in bytes; null when it has none
     * @param ephemeralUsed bytes that count towards it
     */
    public record Directory(
            Kind kind,
            long capacity,
            long free,
            @Nullable Long sizeLimit,
            long used,
            @Nullable Long ephemeralLimit,
            long ephemeralUsed) {

        /** What a directory is on. */
        public enum Kind {
            /** The node's own disk: the container's writable layer, or an {@code emptyDir}. */
            NODE_DISK,
            /** An {@code emptyDir} of {@code medium: Memory}, or /dev/shm: what is in it counts as the container's memory. */
            MEMORY,
            /** A persistent volume. */
            VOLUME
        }
    }
}
