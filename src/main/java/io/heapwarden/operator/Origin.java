package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.heapwarden.workload.Ending;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a container comes from.
 *
 * @param workload what is kept of its workload
 * @param revision the revision it was made from
 * @param before how its predecessor in the pod ended; {@link Ending#Running} when it has none
 */
record Origin(RememberedWorkload workload, String revision, Ending before) {

    /** A program that ended by itself, and the signals by which a program is asked to stop: 128 + SIGINT and + SIGTERM. */
    private static final Set<Integer> IN_GOOD_ORDER = Set.of(0, 130, 143);

    /** HotSpot's exit code with ExitOnOutOfMemoryError. */
    private static final int JVM_OUT_OF_MEMORY = 3;

    private static final String NO_REVISION = "";

    /** Of a program that has no workload. */
    static Origin alone() {
        return new Origin(new RememberedWorkload(null, null, Instant.EPOCH), NO_REVISION, Ending.Running);
    }

    static boolean isAlone(String revision) {
        return revision.equals(NO_REVISION);
    }

    static Origin of(RememberedWorkload workload, Workload owner, ContainerStatus status) {
        return new Origin(
                workload,
                Revision.of(owner, status),
                ending(
                        status.getLastState() == null
                                ? null
                                : status.getLastState().getTerminated()));
    }

    /** How a container ended. */
    static Ending ending(@Nullable ContainerStateTerminated terminated) {
        if (terminated == null) {
            return Ending.Running;
        }
        int exit = terminated.getExitCode() == null ? -1 : terminated.getExitCode();
        if ("OOMKilled".equals(terminated.getReason()) || exit == JVM_OUT_OF_MEMORY) {
            return Ending.OutOfMemory;
        }
        return IN_GOOD_ORDER.contains(exit) ? Ending.Stopped : Ending.Crashed;
    }
}
