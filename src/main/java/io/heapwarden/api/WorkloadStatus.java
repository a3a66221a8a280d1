package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one container of a workload remembers over the lives of its pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkloadStatus(
        @JsonPropertyDescription("The workload, such as Deployment/checkout.") String workload,
        @JsonPropertyDescription("Name of the container.") String container,
        @JsonPropertyDescription("Revisions whose lives are remembered, the newest first. At most 3.") @Nullable
                List<RevisionSeen> revisions,
        @JsonPropertyDescription(
                        "How high floors stood in good health, of lives that ended well: up to 1.2 times as high is no news. Lives that were"
                                + " stopped early, ran out of memory or leaked do not count.")
                @Nullable
                List<Plateau> plateaus,
        @JsonPropertyDescription(
                        "What leaked, the newest first; a life that leaks the same is known sooner. Forgotten when a newer revision has stayed"
                                + " calm for twice the time. At most 4.")
                @Nullable
                List<LeakSeen> leaks,
        @JsonPropertyDescription("How the newest revision grows more than the one before it; absent when it does not.")
                @Nullable
                String regression,
        @JsonPropertyDescription("Each objective over the workload's pods, those that are gone included.") @Nullable
                List<WorkloadObjective> objectives,
        @JsonPropertyDescription("When it last learnt something, in RFC 3339.") @Nullable String learntAt,
        @JsonPropertyDescription(
                        "All of it, compressed, with what pods that are gone spent of the error budgets; a restarted operator goes on from it."
                                + " Not for reading.")
                @Size(max = WorkloadStatus.CHECKPOINT_LIMIT)
                @Nullable
                String checkpoint) {

    /** Most characters of a checkpoint; ten objectives of pods that are gone take about 8 kB of it. */
    public static final int CHECKPOINT_LIMIT = 16_384;

    /** Nothing to list is left out, as it is when it is read back: the two are compared. */
    public WorkloadStatus {
        revisions = orAbsent(revisions);
        plateaus = orAbsent(plateaus);
        leaks = orAbsent(leaks);
        objectives = orAbsent(objectives);
    }

    private static <T> @Nullable List<T> orAbsent(@Nullable List<T> list) {
        return list == null || list.isEmpty() ? null : list;
    }

    /** A revision whose lives are remembered. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RevisionSeen(
            @JsonPropertyDescription("Hash of the pod template, or digest of the image.") String revision,
            @JsonPropertyDescription("Start of its first life, in RFC 3339.") String firstSeen,
            @JsonPropertyDescription("Lives of it that have ended.") int lives) {}

    /** A floor held in good health. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Plateau(
            @JsonPropertyDescription("Name of the signal.") String signal,
            @JsonPropertyDescription("How high its floor stood, with its unit.") String floor) {}

    /** A leak that some life had. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LeakSeen(
            @JsonPropertyDescription("Signal that rose.") String signal,
            @JsonProperty("class")
                    @JsonPropertyDescription("Class that explained it; absent when none was found.")
                    @Nullable
                    String className,
            @JsonPropertyDescription("Revision it was first seen in.") String firstRevision,
            @JsonPropertyDescription("Newest revision it was seen in.") String lastRevision) {}

    /** An objective over the pods of one workload. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WorkloadObjective(
            @JsonPropertyDescription("Name of the objective.") String name,
            @JsonPropertyDescription("Share of pod time in which it held.") String compliance,
            @JsonPropertyDescription("Share of the error budget that is left, if the budget were the workload's alone.")
                    String budgetRemaining,
            @JsonPropertyDescription("Share of pod time in which nothing was known.") String missing) {}
}
