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
    public ContainerCheckpoint {
        Objects.requireNonNull(containerId, "containerId");
        Objects.requireNonNull(jvmStartedAt, "jvmStartedAt");
        Objects.requireNonNull(detector, "detector");
        Objects.requireNonNull(life, "life");
        objectives = List.copyOf(objectives);
    }
}
