package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one container. Figures are written for people, with their units. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContainerReport(
        @JsonPropertyDescription("Name of the container.") String name,
        @JsonPropertyDescription("State; absent while the container is left alone.") @Nullable String state,
        @JsonPropertyDescription("Since when it is in that state, in RFC 3339.") @Nullable String since,
        @JsonPropertyDescription("What kind of growth it is.") @Nullable String verdict,
        @JsonPropertyDescription("How likely the verdict is right, 0% to 100%.") @Nullable String confidence,
        @JsonPropertyDescription("Why, in words, the most important first.") @Nullable List<String> reasons,
        @JsonPropertyDescription("The JVM that is watched.") @Nullable Jvm jvm,
        @JsonPropertyDescription("Each signal that was seen.") @Nullable List<SignalReport> signals,
        @JsonPropertyDescription("Classes that explain the growth, the most likely first.") @Nullable
                List<CulpritReport> culprits,
        @JsonPropertyDescription("When the tightest limit is reached, if the growth goes on.") @Nullable
                ExhaustionReport exhaustion,
        @JsonPropertyDescription("How the JVM is reached.") @Nullable ChannelReport channel,
        @JsonPropertyDescription("Why the container is not asked; absent when it is.") @Nullable Reason leftAlone,
        @JsonPropertyDescription("The last probes that were refused or failed, newest first. At most 5.") @Nullable
                List<ProbeRefusal> lastRefusals,
        @JsonPropertyDescription("When counters last came back, in RFC 3339.") @Nullable String lastSample,
        @JsonPropertyDescription("Counter readings of this life.") long samples,
        @JsonPropertyDescription("Class histograms of this life.") long histograms,
        @JsonPropertyDescription("What the other lives of the workload say; absent until the container was sampled.")
                @Nullable
                FleetReport fleet,
        @JsonPropertyDescription(
                        "How fast things happened between the last two readings; absent where the JVM's own counters are not seen.")
                @Nullable
                Rates rates,
        @JsonPropertyDescription(
                        "What happened to the container's memory since it began, as the kernel counts it; absent where that is not seen.")
                @Nullable
                MemoryEvents memoryEvents) {

    /** How fast things happened between two readings. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rates(
            @JsonPropertyDescription("Memory allocated, a second; absent with ZGC and Shenandoah.") @Nullable
                    String allocation,
            @JsonPropertyDescription("Share of the time that the application stood still for the collector.") @Nullable
                    String gcPause,
            @JsonPropertyDescription("Share of the time that it stood still for any safepoint.") @Nullable
                    String stopped,
            @JsonPropertyDescription("Collections a minute.") @Nullable String collectionsPerMinute) {}

    /** What happened to a container's memory. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MemoryEvents(
            @JsonPropertyDescription("Processes killed for want of memory.") @Nullable Long oomKills,
            @JsonPropertyDescription("Times that memory had to be taken back, as use was about to go over the limit.")
                    @Nullable
                    Long limitHits,
            @JsonPropertyDescription(
                            "Times that processes were held up above memory.high; control groups of version 2.")
                    @Nullable
                    Long highBreaches,
            @JsonPropertyDescription(
                            "Share of the last minute in which a process waited for memory; control groups of version 2.")
                    @Nullable
                    String waited) {}

    /** What the other lives of the workload say of a container. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FleetReport(
            @JsonPropertyDescription("Revision: hash of the pod template, or digest of the image.") String revision,
            @JsonPropertyDescription("Revision in which the leak was first seen; absent while none is confirmed.")
                    @Nullable
                    String firstSeenIn,
            @JsonPropertyDescription(
                            "Pods of the same revision, at least half as old, that have been judged; absent when there are fewer than 3.")
                    @Nullable
                    Integer siblings,
            @JsonPropertyDescription("How many of them grow alike.") @Nullable Integer growingAlike,
            @JsonPropertyDescription("How this revision grows more than the one before it; absent when it does not.")
                    @Nullable
                    String regression) {}

    /** The JVM that is watched. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Jvm(
            @JsonPropertyDescription("Process id inside the container.") int pid,
            @JsonPropertyDescription("Java version.") @Nullable String version,
            @JsonPropertyDescription("Garbage collector.") String collector,
            @JsonPropertyDescription("When it started, in RFC 3339.") String startedAt,
            @JsonPropertyDescription("HotSpot JVMs in the container; the largest is watched.") int jvmsInContainer) {}

    /** One signal as it stands. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SignalReport(
            @JsonPropertyDescription("Name of the signal.") String signal,
            @JsonPropertyDescription("Its last value, with its unit.") String now,
            @JsonPropertyDescription("Growth of its floor an hour, with its unit.") @Nullable String growthPerHour,
            @JsonPropertyDescription("The limit it must not reach; absent where there is none.") @Nullable
                    String limit) {}

    /** A class that explains growth. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CulpritReport(
            @JsonProperty("class") @JsonPropertyDescription("Class as in Java source.") String className,
            @JsonPropertyDescription("Container that holds it.") @Nullable String heldBy,
            @JsonPropertyDescription("Instances gained an hour.") String unitsPerHour,
            @JsonPropertyDescription("Bytes gained an hour.") String bytesPerHour,
            @JsonPropertyDescription("Share of the heap's growth that it explains.") String explains) {}

    /** When a limit is reached, as an interval. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExhaustionReport(
            @JsonPropertyDescription("Not before this long from the last sample, such as 5h.") String earliest,
            @JsonPropertyDescription("Not after this long; absent when the growth may also end before.") @Nullable
                    String latest,
            @JsonPropertyDescription("Signal whose limit it is.") String signal) {}

    /** How the JVM is reached. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ChannelReport(
            @JsonPropertyDescription("Channel in use.") String name,
            @JsonPropertyDescription("Where the counters come from.") String source,
            @JsonPropertyDescription("What it cannot do; absent when there is nothing.") @Nullable String limitation,
            @JsonPropertyDescription("Channels that the policy prefers to it, and why they are not in use.") @Nullable
                    List<PassedOver> passedOver) {}

    /** A channel that was not to be had. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PassedOver(
            @JsonPropertyDescription("The channel.") String name,
            @JsonPropertyDescription("Short.") String reason,
            @JsonPropertyDescription("In words, with the remedy where there is one.") String detail) {}

    /** A reason with its remedy. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(
            @JsonPropertyDescription("Short.") String reason,
            @JsonPropertyDescription("In words, with the remedy where there is one.") String detail) {}

    /** A probe that brought nothing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProbeRefusal(
            @JsonPropertyDescription("When, in RFC 3339.") String time,
            @JsonPropertyDescription("Which probe: counters or histogram.") String probe,
            @JsonPropertyDescription("Short.") String reason,
            @JsonPropertyDescription("In words, with the remedy where there is one.") String detail) {}
}
