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
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.cooldown) || [self.cooldown].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                + " <= 604800)",
        message = "restart.cooldown must be a whole number of s, m, h or d, between 1s and 7d, such as 30m",
        fieldPath = ".cooldown")
@ValidationRule(
        value = "!has(self.leastRelief) || [self.leastRelief].all(d, " + CelRules.IS_DURATION + " && "
                + CelRules.SECONDS + " <= 604800)",
        message = "restart.leastRelief must be a whole number of s, m, h or d, between 1s and 7d, such as 1h",
        fieldPath = ".leastRelief")
@ValidationRule(
        value = "!has(self.minConfidence) || self.minConfidence.matches('" + Restart.CONFIDENCE + "')",
        message = "restart.minConfidence must be a percentage from 0% to 100%, such as 80%",
        fieldPath = ".minConfidence")
@ValidationRule(
        value =
                "!has(self.resizeCeiling) || isQuantity(self.resizeCeiling) && quantity(self.resizeCeiling).isGreaterThan(quantity('0'))",
        message = "restart.resizeCeiling must be a positive quantity of bytes, such as 2Gi",
        fieldPath = ".resizeCeiling")
@ValidationRule(
        value = "(has(self.strategy) && self.strategy == 'ResizeThenEvict') == has(self.resizeCeiling)",
        message =
                "restart.resizeCeiling goes with strategy ResizeThenEvict and only with it: say how far the memory limit may be raised",
        fieldPath = ".resizeCeiling")
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || (type(self.maxUnavailable) == string ? self.maxUnavailable.matches('^([1-9][0-9]?|100)%$') : int(self.maxUnavailable) >= 1)",
        message = "restart.maxUnavailable must be a count of at least 1 (2) or a percentage from 1% to 100% (20%); to"
                + " restart nothing use mode: Observe",
        fieldPath = ".maxUnavailable")
public record Restart(
        @JsonPropertyDescription(
                        "Evict: the one pod, through the Eviction API, so that PodDisruptionBudgets hold; but the only pod of a Deployment that brings new"
                                + " pods first is rolled out, where the installation may. RolloutRestart: all pods of the Deployment, StatefulSet, DaemonSet"
                                + " or Argo Rollout, by its own update strategy. ResizeThenEvict: the memory limit is raised in place up to resizeCeiling while a"
                                + " restart has to wait, if the limit is what runs out; then Evict. Default Evict.")
                @Default("Evict")
                Strategy strategy,
        @JsonPropertyDescription("Least time between two restarts in one workload. 1s to 7d. Default 30m.")
                @Default(Restart.DEFAULT_COOLDOWN)
                @Pattern(Durations.LONG)
                @Size(max = 6)
                String cooldown,
        @JsonPropertyDescription(
                        "Time for which a restart has to help. Where the pod that comes after leaks again sooner, the cooldown doubles each time, up to 24h."
                                + " 1s to 7d. Default 1h.")
                @Default(Restart.DEFAULT_LEAST_RELIEF)
                @Pattern(Durations.LONG)
                @Size(max = 6)
                String leastRelief,
        @JsonPropertyDescription("How certain the verdict must be, 0% to 100%. Default 50%.")
                @Default(Restart.DEFAULT_MIN_CONFIDENCE)
                @Pattern(Restart.CONFIDENCE)
                @Size(max = 8)
                String minConfidence,
        @JsonPropertyDescription("Most restarts in one workload within 24 hours. 1 to 20. Default 3.")
                @Default("3")
                @Min(1)
                @Max(20)
                Integer maxPerDay,
        @JsonPropertyDescription(
                        "Most pods of a workload that may be unavailable, for whatever reason, the restarted one included: a count, or a percentage of the"
                                + " desired replicas, rounded down but at least 1. Default 20%.")
                IntOrString maxUnavailable,
        @JsonPropertyDescription("When restarts may happen. Default: always. At most 20.") @Size(min = 1, max = 20)
                List<Window> windows,
        @JsonPropertyDescription(
                        "Up to which memory limit ResizeThenEvict may raise a container's. Required with that strategy.")
                @Size(max = 32)
                @Nullable
                String resizeCeiling,
        @JsonPropertyDescription(
                        "Names of pods that may be deleted although nothing brings them back: pods without a controller, and those of Jobs. At most 20.")
                @Size(min = 1, max = 20)
                List<@Size(min = 1, max = 253) String> standalonePods) {

    static final String DEFAULT_COOLDOWN = "30m";
    static final String DEFAULT_LEAST_RELIEF = "1h";
    static final String DEFAULT_MIN_CONFIDENCE = "50%";
    static final String CONFIDENCE = "^([0-9]{1,2}([.][0-9]{1,4})?|100)%$";
    static final int DEFAULT_MAX_PER_DAY = 3;
    static final IntOrString DEFAULT_MAX_UNAVAILABLE = new IntOrString("20%");

    /** What is used where a policy says nothing. */
    public static final Restart DEFAULT = new Restart(
            Strategy.Evict,
            DEFAULT_COOLDOWN,
            DEFAULT_LEAST_RELIEF,
            DEFAULT_MIN_CONFIDENCE,
            DEFAULT_MAX_PER_DAY,
            DEFAULT_MAX_UNAVAILABLE,
            List.of(),
            null,
            List.of());

    public Restart {
        strategy = strategy == null ? Strategy.Evict : strategy;
        leastRelief = leastRelief == null ? DEFAULT_LEAST_RELIEF : leastRelief;
        minConfidence = minConfidence == null ? DEFAULT_MIN_CONFIDENCE : minConfidence;
        standalonePods = standalonePods == null ? List.of() : List.copyOf(standalonePods);
        cooldown = cooldown == null ? DEFAULT_COOLDOWN : cooldown;
        maxPerDay = maxPerDay == null ? Integer.valueOf(DEFAULT_MAX_PER_DAY) : maxPerDay;
        maxUnavailable = maxUnavailable == null ? DEFAULT_MAX_UNAVAILABLE : maxUnavailable;
        windows = windows == null ? List.of() : List.copyOf(windows);
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
            message = "a window from a time to the same time is empty; for a whole day write 00:00 to 24:00",
            fieldPath = ".to")
    @ValidationRule(
            value = "self.days.size() > 0",
            message = "a window needs days, or it never opens; write for example [Mon-Fri] or [Mon-Sun]",
            fieldPath = ".days")
    @ValidationRule(
            value = "self.days.all(day, day.matches('" + Window.DAYS + "'))",
            message = "days must be Mon, Tue, Wed, Thu, Fri, Sat, Sun, or a range such as Mon-Fri",
            fieldPath = ".days")
    @ValidationRule(
            value = "self.from.matches('" + Window.OPENS + "')",
            message = "from must be a time of day from 00:00 to 23:59, such as 22:00",
            fieldPath = ".from")
    @ValidationRule(
            value = "self.to.matches('" + Window.CLOSES + "')",
            message = "to must be a time of day from 00:00 to 24:00, such as 05:00",
            fieldPath = ".to")
    @ValidationRule(
            value = "!has(self.timeZone) || self.timeZone.matches('" + Window.ZONE + "')",
            message = "timeZone must be an IANA name, such as Europe/Berlin",
            fieldPath = ".timeZone")
    public record Window(
            @Required
                    @JsonPropertyDescription(
                            "Days on which the window opens: Mon, Tue, Wed, Thu, Fri, Sat, Sun, or a range such as Mon-Fri.")
                    @Size(min = 1, max = 7)
                    List<@Pattern(Window.DAYS) @Size(max = 7) String> days,
            @Required
                    @JsonPropertyDescription("Time of day at which it opens, HH:mm.")
                    @Pattern(Window.OPENS)
                    @Size(max = 5)
                    String from,
            @Required
                    @JsonPropertyDescription(
                            "Time of day at which it closes, HH:mm up to 24:00; before from means the next day.")
                    @Pattern(Window.CLOSES)
                    @Size(max = 5)
                    String to,
            @JsonPropertyDescription("Time zone by its IANA name. Default UTC.")
                    @Default(Window.DEFAULT_ZONE)
                    @Pattern(Window.ZONE)
                    @Size(max = 64)
                    String timeZone) {

        static final String DAYS = "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?$";
        static final String OPENS = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
        static final String CLOSES = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
        static final String ZONE = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$";
        static final String DEFAULT_ZONE = "UTC";

        public Window {
            days = List.copyOf(days);
            timeZone = timeZone == null ? DEFAULT_ZONE : timeZone;
        }
    }
}
