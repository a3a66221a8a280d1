package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.heapwarden.growth.Signal;
import org.jspecify.annotations.Nullable;

/** One growth objective: either a bound on a signal's growth over a window, or a least time to exhaustion. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.signal) != has(self.minTimeToExhaustion)",
        message = "an objective has either signal, maxGrowth and window, or minTimeToExhaustion; set one of the two")
@ValidationRule(
        value = "has(self.signal) == has(self.maxGrowth) && has(self.signal) == has(self.window)",
        message = "signal, maxGrowth and window belong together; set all three or none")
@ValidationRule(
        value = "!has(self.signal) || !(self.signal in ['ClassBytes', 'ClassInstances']) || has(self.class)",
        message = "class is missing: ClassBytes and ClassInstances watch one class, such as com.shop.Order",
        fieldPath = ".class")
@ValidationRule(
        value = "!has(self.class) || has(self.signal) && self.signal in ['ClassBytes', 'ClassInstances']",
        message = "class goes only with the signals ClassBytes and ClassInstances; remove it or change signal",
        fieldPath = ".class")
@ValidationRule(
        value = "!has(self.window) || !has(self.period) || [self.window].all(d, [self.period].all(p, !"
                + CelRules.IS_DURATION + " || !" + CelRules.OTHER_IS_DURATION + " || " + CelRules.SECONDS + " <= "
                + CelRules.SECONDS_OF_OTHER + "))",
        message = "window must not be longer than period; shorten window or lengthen period (30d when not set)",
        fieldPath = ".window")
@ValidationRule(
        value =
                "!has(self.maxGrowth) || isQuantity(self.maxGrowth) && quantity(self.maxGrowth).isGreaterThan(quantity('0'))",
        message = "maxGrowth must be a positive quantity, such as 64Mi for bytes or 100000 for a count",
        fieldPath = ".maxGrowth")
@ValidationRule(
        value = "!has(self.maxGrowth) || !self.maxGrowth.matches('[0-9][num]$')",
        message = "maxGrowth ends in a suffix for fractions, m is a thousandth; write 64Mi for mebibytes",
        fieldPath = ".maxGrowth")
@ValidationRule(
        value = "!has(self.window) || [self.window].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                + " >= 10 && " + CelRules.SECONDS + " <= 2592000)",
        message = "window must be a whole number of s, m, h or d, between 10s and 30d, such as 6h",
        fieldPath = ".window")
@ValidationRule(
        value = "!has(self.minTimeToExhaustion) || [self.minTimeToExhaustion].all(d, " + CelRules.IS_DURATION + " && "
                + CelRules.SECONDS + " >= 60 && " + CelRules.SECONDS + " <= 7776000)",
        message = "minTimeToExhaustion must be a whole number of s, m, h or d, between 1m and 90d, such as 24h",
        fieldPath = ".minTimeToExhaustion")
@ValidationRule(
        value = "!has(self.target) || self.target.matches('" + Objective.TARGET
                + "') && double(self.target.replace('%', '')) > 0.0",
        message =
                "target must be a percentage above 0% and below 100%, such as 99.9%: an error budget of nothing is always spent",
        fieldPath = ".target")
@ValidationRule(
        value = "!has(self.period) || [self.period].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                + " >= 60 && " + CelRules.SECONDS + " <= 7776000)",
        message = "period must be a whole number of s, m, h or d, between 1m and 90d, such as 30d",
        fieldPath = ".period")
@ValidationRule(
        value = "self.name.matches('" + CelRules.LABEL + "')",
        message = "name must be lower-case letters, digits and -, such as heap-floor: it stands in metrics",
        fieldPath = ".name")
public record Objective(
        @Required
                @JsonPropertyDescription(
                        "Name, unique in the policy; stands in status and metrics. At most 63 characters.")
                @Pattern(CelRules.LABEL)
                @Size(min = 1, max = 63)
                String name,
        @JsonPropertyDescription("The series that must not grow too fast.") @Nullable Signal signal,
        @JsonProperty("class")
                @JsonPropertyDescription(
                        "Class as in Java source, such as com.shop.Order or byte[]; only with ClassBytes and ClassInstances.")
                @Size(min = 1, max = 512)
                @Nullable
                String className,
        @JsonPropertyDescription(
                        "Most growth of the signal's floor over window, as a quantity: bytes (64Mi) or a count (100000).")
                @Size(max = 32)
                @Nullable
                String maxGrowth,
        @JsonPropertyDescription("Time over which maxGrowth is counted. 10s to 30d.")
                @Pattern(Durations.LONG)
                @Size(max = 6)
                @Nullable
                String window,
        @JsonPropertyDescription("Least time to the tightest limit, told by the early end of the interval. 1m to 90d.")
                @Pattern(Durations.LONG)
                @Size(max = 6)
                @Nullable
                String minTimeToExhaustion,
        @JsonPropertyDescription(
                        "Share of pod time in which the objective must hold, above 0% and below 100%. Default 99%.")
                @Default(Objective.DEFAULT_TARGET)
                @Pattern(Objective.TARGET)
                @Size(max = 8)
                String target,
        @JsonPropertyDescription("Time over which the share is counted. 1m to 90d. Default 30d.")
                @Default(Objective.DEFAULT_PERIOD)
                @Pattern(Durations.LONG)
                @Size(max = 6)
                String period) {

    static final String TARGET = "^[0-9]{1,2}([.][0-9]{1,4})?%$";
    static final String DEFAULT_TARGET = "99%";
    static final String DEFAULT_PERIOD = "30d";

    public Objective {
        target = target == null ? DEFAULT_TARGET : target;
        period = period == null ? DEFAULT_PERIOD : period;
    }
}
