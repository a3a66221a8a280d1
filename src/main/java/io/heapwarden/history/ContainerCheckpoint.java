package io.heapwarden.history;

import io.heapwarden.growth.DetectorCheckpoint;
import io.heapwarden.objective.ObjectiveCheckpoint;
import io.heapwarden.workload.LifeCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to go on judging one life of a container.
 *
 * @param containerId id of the container; another one is another life
 * @param jvmStartedAt when its JVM started; another time is another life
 * @param detector state of the leak detector
 * @param objectives state of the objectives
 * @param life state of what the life leaves behind
 */
public record ContainerCheckpoint(
        String containerId,
        Instant jvmStartedAt,
        DetectorCheckpoint detector,
        List<ObjectiveCheckpoint> objectives,
        LifeCheckpoint life) {

    /** No container has this id. */
    private static final String NO_CONTAINER = "";

    public ContainerCheckpoint {
        Objects.requireNonNull(containerId, "containerId");
        Objects.requireNonNull(jvmStartedAt, "jvmStartedAt");
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(life, "life");
        objectives = List.copyOf(objectives);
    }

    /** The same as something that is over: what was spent stays, what was judged begins anew. */
    public ContainerCheckpoint ofEarlierLife() {
        return new ContainerCheckpoint(NO_CONTAINER, jvmStartedAt, detector, objectives, life);
    }
}
