package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One act, written down before it is done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionRecord(
        @JsonPropertyDescription("When it was decided, in RFC 3339.") String time,
        @JsonPropertyDescription("Name of the pod.") String pod,
        @JsonPropertyDescription("Uid of the pod.") String podUid,
        @JsonPropertyDescription("Workload of the pod, such as Deployment/checkout.") String workload,
        @JsonPropertyDescription("What was done: Restart or Resize.") String action,
        @JsonPropertyDescription(
                        "What came of it. Intended is written before the act; then Evicted, RolledOut, Resized, Unanswered, BlockedByBudget, Forbidden,"
                                + " Failed or Gone. Where the operator died in between, the next one writes what it finds: Evicted, RolledOut or Resized, or Dropped"
                                + " when nothing was done. WouldHaveEvicted or WouldHaveResized in mode Observe.")
                String outcome,
        @JsonPropertyDescription("Why, in words.") @Nullable String reason,
        @JsonPropertyDescription(
                        "Whether the pod had itself replaced a restarted one and leaked again within leastRelief; absent when not.")
                @Nullable
                Boolean again,
        @JsonPropertyDescription("Where the evidence is that was collected before; absent when there is none.")
                @Nullable
                String evidence,
        @JsonPropertyDescription("What a Resize changes; absent of a Restart.") @Nullable Resize resize) {

    /** A restart, which changes no limit. */
    public ActionRecord(
            String time,
            String pod,
            String podUid,
            String workload,
            String action,
            String outcome,
            @Nullable String reason,
            @Nullable Boolean again,
            @Nullable String evidence) {
        this(time, pod, podUid, workload, action, outcome, reason, again, evidence, null);
    }

    /** A memory limit that is raised while its container runs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resize(
            @JsonPropertyDescription("Name of the container.") String container,
            @JsonPropertyDescription("Its memory limit before.") String from,
            @JsonPropertyDescription("The memory limit that was asked for.") String to,
            @JsonPropertyDescription("How many-th resize of the pod this is, from 1.") int number) {}
}
