package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pods are restarted. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.cooldown) || [self.cooldown].all(d, " + CelRules.SECONDS + " <= 604800)",
        message = "restart.cooldown must be between 1s and 7d")
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || type(self.maxUnavailable) == string ? self.maxUnavailable.matches('^([1-9][0-9]?|100)%$') : int(self.maxUnavailable) >= 1",
        message = "restart.maxUnavailable must be a count of at least 1, or a percentage from 1% to 100%")
public record Restart(
        @JsonPropertyDescription(
                        "Evict: the one pod, through the Eviction API, so that PodDisruptionBudgets hold. RolloutRestart and ResizeThenEvict are not"
                                + " available in this version. Default Evict.")
                @Default("Evict")
                Strategy strategy,
        @JsonPropertyDescription("Least time between two restarts in one workload. 1s to 7d. Default 30m.")
                @Default(Restart.DEFAULT_COOLDOWN)
                @Pattern(Durations.LONG)
                @Size(max = 6)
                String cooldown,
        @JsonPropertyDescription("Most restarts in one workload within 24 hours. 1 to 20. Default 3.")
                @Default("3")
                @Min(1)
                @Max(20)
                Integer maxPerDay,
        @JsonPropertyDescription(
                        "Most pods of a workload that may be unavailable, for whatever reason, the restarted one included: a count, or a percentage of the"
                                + " desired replicas, rounded down but at least 1. Default 20%.")
                @Nullable
                IntOrString maxUnavailable,
        @JsonPropertyDescription("When restarts may happen. Default: always. At most 20.")
                @Size(min = 1, max = 20)
                @Nullable
                List<Window> windows) {

    static final String DEFAULT_COOLDOWN = "30m";
    static final int DEFAULT_MAX_PER_DAY = 3;
    static final IntOrString DEFAULT_MAX_UNAVAILABLE = new IntOrString("20%");

    /** What is used where a policy says nothing. */
    public static final Restart DEFAULT =
            new Restart(Strategy.Evict, DEFAULT_COOLDOWN, DEFAULT_MAX_PER_DAY, null, null);

    public Restart {
        strategy = strategy == null ? Strategy.Evict : strategy;
        cooldown = cooldown == null ? DEFAULT_COOLDOWN : cooldown;
        maxPerDay = maxPerDay == null ? Integer.valueOf(DEFAULT_MAX_PER_DAY) : maxPerDay;
        maxUnavailable = maxUnavailable == null ? DEFAULT_MAX_UNAVAILABLE : maxUnavailable;
        windows = windows == null ? List.of() : windows;
    }

    /** How a pod is restarted. */
    public enum Strategy {
        Evict,
        RolloutRestart,
        ResizeThenEvict
    }

    /** A time of the week in which restarts may happen. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.from != self.to",
            message = "a window from a time to the same time is empty; for a whole day write 00:00 to 24:00")
    public record Window(
            @Required
                    @JsonPropertyDescription(
                            "Days on which the window opens: Mon, Tue, Wed, Thu, Fri, Sat, Sun, or a range such as Mon-Fri.")
                    @Size(min = 1, max = 7)
                    List<
                                    @Pattern("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?$")
                                    @Size(max = 7) String>
                            days,
            @Required
                    @JsonPropertyDescription("Time of day at which it opens, HH:mm.")
                    @Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")
                    @Size(max = 5)
                    String from,
            @Required
                    @JsonPropertyDescription(
                            "Time of day at which it closes, HH:mm up to 24:00; before from means the next day.")
                    @Pattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
                    @Size(max = 5)
                    String to,
            @JsonPropertyDescription("Time zone by its IANA name. Default UTC.")
                    @Default("UTC")
                    @Pattern("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
                    @Size(max = 64)
                    String timeZone) {

        public Window {
            timeZone = timeZone == null ? "UTC" : timeZone;
        }
    }
}
