package io.heapwarden.history;

import io.heapwarden.objective.ObjectiveCheckpoint;
import io.heapwarden.workload.WorkloadMemory;
import java.util.List;
import java.util.Objects;

/**
 * All that is kept of the containers of a workload that are gone.
 *
 * @param memory what their lives taught
 * @param spent what they spent of each objective's error budget
 */
public record WorkloadCheckpoint(WorkloadMemory memory, List<ObjectiveCheckpoint> spent) {
    public WorkloadCheckpoint {
        Objects.requireNonNull(memory, "memory");
        spent = List.copyOf(spent);
    }
}
