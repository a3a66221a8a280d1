package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MemoryReportStatus(
        @JsonPropertyDescription("Uid of the pod; a pod of the same name that came later has another.") String podUid,
        @JsonPropertyDescription("Policy that watches the pod.") String policy,
        @JsonPropertyDescription("Workload of the pod, such as Deployment/checkout.") String workload,
        @JsonPropertyDescription("Hash of the pod template the pod was made from.") @Nullable String revision,
        @JsonPropertyDescription("State of the pod: that of its worst container; LeftAlone when none is sampled.")
                String state,
        @JsonPropertyDescription("Verdict on the worst container.") @Nullable String verdict,
        @JsonPropertyDescription("Class that explains the growth.") @Nullable String culprit,
        @JsonPropertyDescription("When the tightest limit is reached, as an interval.") @Nullable String exhaustion,
        @JsonPropertyDescription("The watched containers.") @Nullable List<ContainerReport> containers,
        @JsonPropertyDescription("What was last said of restarting the pod; absent while no response asks for it.")
                @Nullable
                RestartReport restart,
        @JsonPropertyDescription("The evidence that was collected; absent while none was.") @Nullable
                EvidenceReport evidence,
        @JsonPropertyDescription(
                        "Security findings, the worst first; absent while there are none. At most 50: beyond that the mildest are dropped.")
                @Size(max = MemoryReportStatus.MOST_FINDINGS)
                @Nullable
                List<FindingReport> findings,
        @JsonPropertyDescription(
                        "State of the analysis, compressed; a restarted operator goes on from it. Not for reading.")
                @Size(max = MemoryReportStatus.CHECKPOINT_LIMIT)
                @Nullable
                String checkpoint) {

    /** What was last said of restarting a pod. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RestartReport(
            @JsonPropertyDescription("When, in RFC 3339.") String time,
            @JsonPropertyDescription("Short: an outcome, or why the gate refused.") String outcome,
            @JsonPropertyDescription("In words.") String reason,
            @JsonPropertyDescription(
                            "When it is asked again at the soonest; absent when it waits for something other than time.")
                    @Nullable
                    String nextPossible) {}

    /** Evidence that was collected. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EvidenceReport(
            @JsonPropertyDescription("When it was done, in RFC 3339.") String time,
            @JsonPropertyDescription("What came of it, in words, with the link where there is one.") String result,
            @JsonPropertyDescription("Where the bundle is; absent when it could not be kept.") @Nullable
                    String location,
            @JsonPropertyDescription("SHA-256 of the bundle, in hexadecimal.") @Nullable String sha256) {}

    /** Most findings. */
    public static final int MOST_FINDINGS = 50;

    /** Most characters of a checkpoint. */
    public static final int CHECKPOINT_LIMIT = 262_144;
}
