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

/** How pods are restarted. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.cooldown) || [self.cooldown].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                + " <= 604800)",
        message = "restart.cooldown must be a whole number of s, m, h or d, between 1s and 7d, such as 30m",
        fieldPath = ".cooldown")
@ValidationRule(
        value =
                "!has(self.maxUnavailable) || (type(self.maxUnavailable) == string ? self.maxUnavailable.matches('^([1-9][0-9]?|100)%$') : int(self.maxUnavailable) >= 1)",
        message = "restart.maxUnavailable must be a count of at least 1 (2) or a percentage from 1% to 100% (20%); to"
                + " restart nothing use mode: Observe",
        fieldPath = ".maxUnavailable")
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
                IntOrString maxUnavailable,
        @JsonPropertyDescription("When restarts may happen. Default: always. At most 20.") @Size(min = 1, max = 20)
                List<Window> windows) {

    static final String DEFAULT_COOLDOWN = "30m";
    static final int DEFAULT_MAX_PER_DAY = 3;
    static final IntOrString DEFAULT_MAX_UNAVAILABLE = new IntOrString("20%");

    /** What is used where a policy says nothing. */
    public static final Restart DEFAULT =
            new Restart(Strategy.Evict, DEFAULT_COOLDOWN, DEFAULT_MAX_PER_DAY, DEFAULT_MAX_UNAVAILABLE, List.of());

    public Restart {
        strategy = strategy == null ? Strategy.Evict : strategy;
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
