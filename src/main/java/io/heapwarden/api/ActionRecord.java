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
                        "What came of it. Intended is written before the act and stays when the operator died in between; then Evicted,"
                                + " Unanswered, BlockedByBudget, Forbidden, Failed or Gone; WouldHaveEvicted in mode Observe.")
                String outcome,
        @JsonPropertyDescription("Why, in words.") @Nullable String reason) {}
