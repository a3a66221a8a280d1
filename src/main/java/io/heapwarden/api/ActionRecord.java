package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One disruptive act, written down before it is done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionRecord(
        @JsonPropertyDescription("When it was decided, in RFC 3339.") String time,
        @JsonPropertyDescription("Name of the pod.") String pod,
        @JsonPropertyDescription("Uid of the pod.") String podUid,
        @JsonPropertyDescription("Workload of the pod, such as Deployment/checkout.") String workload,
        @JsonPropertyDescription("What was done: Restart.") String action,
        @JsonPropertyDescription(
                        "Intended: written before the act; stays when the operator died in between. Done, Blocked by a PodDisruptionBudget, Gone, Failed; or"
                                + " WouldHaveDone in mode Observe.")
                Outcome outcome,
        @JsonPropertyDescription("Why, in words.") @Nullable String reason) {

    /** What came of it. */
    public enum Outcome {
        Intended,
        Done,
        Blocked,
        Gone,
        Failed,
        WouldHaveDone
    }
}
