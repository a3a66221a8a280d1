package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a policy's pods. Written only when it says something new. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MemoryPolicyStatus(
        @JsonPropertyDescription("Generation of the policy this status speaks of.") @Nullable Long observedGeneration,
        @JsonPropertyDescription("Ready, Sampling, ObjectivesMet, Secure, Acting; one of each.") @Nullable
                List<Condition> conditions,
        @JsonPropertyDescription("Counts of pods by state.") @Nullable PodCounts pods,
        @JsonPropertyDescription("Each objective as it stands.") @Nullable List<ObjectiveStatus> objectives,
        @JsonPropertyDescription("The pod that needs attention most.") @Nullable Worst worst,
        @JsonPropertyDescription(
                        "Last restarts, done, meant or refused by a disruption budget, newest first. At most 20.")
                @Size(max = MemoryPolicyStatus.MOST_ACTIONS)
                @Nullable
                List<ActionRecord> lastActions,
        @JsonPropertyDescription(
                        "What the workloads remember over the lives of their pods: 1 to 3 kB each. At most 50; beyond that the one that has not"
                                + " learnt anything for longest is forgotten.")
                @Size(max = MemoryPolicyStatus.MOST_WORKLOADS)
                @Nullable
                List<WorkloadStatus> workloads,
        @JsonPropertyDescription(
                        "When cooldown, maxPerDay and windows let the next restart of the last restarted workload through, in RFC 3339; absent when they would"
                                + " now.")
                @Nullable
                String nextRestart,
        @JsonPropertyDescription(
                        "What became of the pods that mode Observe would have restarted; absent while there are none.")
                @Nullable
                Trial wouldHaveRestarted,
        @JsonPropertyDescription("Security findings of the pods by severity; absent while spec.security asks for none.")
                @Nullable
                FindingCounts findings) {

    /** Most actions that are kept. */
    public static final int MOST_ACTIONS = 20;

    /** Most workloads that are kept. */
    public static final int MOST_WORKLOADS = 50;

    /** What became of the pods that Observe would have restarted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trial(
            @JsonPropertyDescription("Pods that would have been restarted.") int pods,
            @JsonPropertyDescription("How many of them then ran out of memory.") int thenOutOfMemory,
            @JsonPropertyDescription("How many of them became Healthy by themselves.") int thenRecovered,
            @JsonPropertyDescription(
                            "Pods that came to neither end yet, by uid, and since when they are followed; the newest 50. Not for reading.")
                    @Size(max = Trial.MOST_FOLLOWED)
                    List<String> followed) {

        /** Most pods that are followed. */
        public static final int MOST_FOLLOWED = 50;

        /** Of no pod. */
        public static final Trial NONE = new Trial(0, 0, 0, List.of());

        public Trial {
            followed = followed == null ? List.of() : List.copyOf(followed);
        }
    }

    /** Counts of pods by state. A pod is as its worst container. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PodCounts(
            @JsonPropertyDescription("Pods the policy watches.") int matched,
            @JsonPropertyDescription("Pods with at least one sampled container.") int sampled,
            @JsonPropertyDescription("Pods that are left alone: no HotSpot JVM, or one that must not be asked.")
                    int leftAlone,
            @JsonPropertyDescription("Pods too young to be judged.") int warmingUp,
            @JsonPropertyDescription("Pods in which nothing grows that does not come back.") int healthy,
            @JsonPropertyDescription("Pods in which something grows.") int suspect,
            @JsonPropertyDescription("Pods with a confirmed leak.") int leaking,
            @JsonPropertyDescription("Pods with a confirmed leak that is about to exhaust its limit.") int critical,
            @JsonPropertyDescription("Pods nothing was heard of for several intervals.") int unreachable) {}

    /** Counts of security findings by severity, over all pods. */
    public record FindingCounts(
            @JsonPropertyDescription("Somebody is in, or the door is open to all who can reach it.") int critical,
            @JsonPropertyDescription("Lets somebody in, or shows that somebody tries.") int high,
            @JsonPropertyDescription("Makes an attack easier.") int medium,
            @JsonPropertyDescription("To be known.") int low) {}

    /** One objective as it stands. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ObjectiveStatus(
            @JsonPropertyDescription("Name of the objective.") String name,
            @JsonPropertyDescription("Share of pod time in which it held.") @Nullable String compliance,
            @JsonPropertyDescription("Share of the error budget that is left; below 0% when it is overspent.") @Nullable
                    String budgetRemaining,
            @JsonPropertyDescription("How many times faster than allowed the budget is spent, over the last hour.")
                    @Nullable
                    String burnRate,
            @JsonPropertyDescription("Burn rate over each window; absent for a window in which nothing was judged.")
                    @Nullable
                    List<BurnRate> burnRates,
            @JsonPropertyDescription(
                            "Pairs of windows that both burn faster than their bar: Fast (1h and 5m at 14.4), Medium (6h and 30m at 6), Slow (3d and"
                                    + " 6h at 1).")
                    @Nullable
                    List<String> burning,
            @JsonPropertyDescription(
                            "Share of pod time in which nothing was known: warm-up, probes without answer, a signal that is not there. It counts"
                                    + " neither as good nor as bad.")
                    @Nullable
                    String missing,
            @JsonPropertyDescription("Whether budget is left.") @Nullable Boolean met,
            @JsonPropertyDescription("The pod that spent most of the budget.") @Nullable String worst) {}

    /** Burn rate over one window. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BurnRate(
            @JsonPropertyDescription("Length of the window: 5m, 30m, 1h, 6h or 3d.") String window,
            @JsonPropertyDescription("How many times faster than allowed the budget is spent.") String rate) {}

    /** The pod that needs attention most. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Worst(
            @JsonPropertyDescription("Name of the pod, which is also the name of its MemoryReport.") String pod,
            @JsonPropertyDescription("State.") String state,
            @JsonPropertyDescription("Verdict.") @Nullable String verdict,
            @JsonPropertyDescription("Class that explains the growth.") @Nullable String culprit,
            @JsonPropertyDescription("When the tightest limit is reached, as an interval.") @Nullable
                    String exhaustion) {}
}
