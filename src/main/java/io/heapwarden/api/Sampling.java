package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How and how often the pods are asked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.interval) || self.interval.matches('" + Durations.SHORT
                + "') && duration(self.interval) <= duration('1h')",
        message = "sampling.interval must be a whole number of s, m or h, between 1s and 1h, such as 1m",
        fieldPath = ".interval")
@ValidationRule(
        value = "!has(self.interval) || !has(self.histogram) || !has(self.histogram.minInterval)"
                + " || has(self.histogram.when) && self.histogram.when == 'Never'"
                + " || [self.histogram.minInterval].all(d, [self.interval].all(p, !" + CelRules.IS_DURATION + " || !"
                + CelRules.OTHER_IS_DURATION + " || " + CelRules.SECONDS + " >= " + CelRules.SECONDS_OF_OTHER + "))",
        message = "sampling.histogram.minInterval must not be shorter than sampling.interval: a histogram is taken with"
                + " a sample; raise minInterval (10m when not set)",
        fieldPath = ".histogram.minInterval")
@ValidationRule(
        value = "!has(self.channels) || self.channels.all(one, self.channels.exists_one(other, other == one))",
        message = "sampling.channels must be distinct; remove the repeated one",
        fieldPath = ".channels")
public record Sampling(
        @JsonPropertyDescription(
                        "Time between two counter readings of a pod, which pause nothing. 1s to 1h. Default 1m.")
                @Default(Sampling.DEFAULT_INTERVAL)
                @Pattern(Durations.SHORT)
                @Size(max = 6)
                String interval,
        @JsonPropertyDescription("When class histograms are taken; each pauses the JVM.") Histogram histogram,
        @JsonPropertyDescription(
                        "Ways to reach a JVM that may be used, the preferred first. Metrics: the application's metrics endpoint, where the pod's"
                                + " annotations or port names say it is. Exec: commands run in the container. EphemeralContainer: a debug container with a"
                                + " small probe program beside it, for images without shell or jcmd; it stays until the pod ends. Kubelet: the container's"
                                + " memory only. Default [Metrics, Exec]; the others are opt-in.")
                @Size(min = 1, max = 4)
                List<Channel> channels) {

    static final String DEFAULT_INTERVAL = "1m";

    private static final List<Channel> DEFAULT_CHANNELS = List.of(Channel.Metrics, Channel.Exec);

    /** What is used where a policy says nothing. */
    public static final Sampling DEFAULT = new Sampling(DEFAULT_INTERVAL, Histogram.DEFAULT, DEFAULT_CHANNELS);

    public Sampling {
        interval = interval == null ? DEFAULT_INTERVAL : interval;
        histogram = histogram == null ? Histogram.DEFAULT : histogram;
        channels = channels == null ? DEFAULT_CHANNELS : List.copyOf(channels);
    }

    /** A way to reach a JVM. */
    public enum Channel {
        Metrics,
        Exec,
        EphemeralContainer,
        Kubelet
    }

    /** When class histograms are taken. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.minInterval) || [self.minInterval].all(d, " + CelRules.IS_DURATION + " && "
                    + CelRules.SECONDS + " <= 604800)",
            message =
                    "sampling.histogram.minInterval must be a whole number of s, m, h or d, between 1s and 7d, such as 10m",
            fieldPath = ".minInterval")
    @ValidationRule(
            value = "!has(self.maxPause) || self.maxPause.matches('" + Durations.PAUSE
                    + "') && duration(self.maxPause) <= duration('60s')",
            message =
                    "sampling.histogram.maxPause must be a whole number of ms or s, between 1ms and 60s, such as 500ms",
            fieldPath = ".maxPause")
    public record Histogram(
            @JsonPropertyDescription(
                            "OnSuspicion: while something grows that may be a leak. Periodic: every minInterval. Never: culprits are not named. Default"
                                    + " OnSuspicion.")
                    @Default("OnSuspicion")
                    When when,
            @JsonPropertyDescription("Least time between two histograms of a container. 1s to 7d. Default 10m.")
                    @Default(Histogram.DEFAULT_MIN_INTERVAL)
                    @Pattern(Durations.LONG)
                    @Size(max = 6)
                    String minInterval,
            @JsonPropertyDescription(
                            "Whether unreachable objects are left out, which costs a full collection: 1 to 2 s for each GB of live heap. Default false.")
                    @Default("false")
                    Boolean live,
            @JsonPropertyDescription(
                            "Longest pause that may be predicted for a histogram; a longer one is refused and reported. 1ms to 60s. Default 500ms.")
                    @Default(Histogram.DEFAULT_MAX_PAUSE)
                    @Pattern(Durations.PAUSE)
                    @Size(max = 7)
                    String maxPause) {

        static final String DEFAULT_MIN_INTERVAL = "10m";
        static final String DEFAULT_MAX_PAUSE = "500ms";

        /** What is used where a policy says nothing. */
        public static final Histogram DEFAULT =
                new Histogram(When.OnSuspicion, DEFAULT_MIN_INTERVAL, false, DEFAULT_MAX_PAUSE);

        public Histogram {
            when = when == null ? When.OnSuspicion : when;
            minInterval = minInterval == null ? DEFAULT_MIN_INTERVAL : minInterval;
            live = live == null ? Boolean.FALSE : live;
            maxPause = maxPause == null ? DEFAULT_MAX_PAUSE : maxPause;
        }

        /** What makes a histogram worth its pause. */
        public enum When {
            OnSuspicion,
            Periodic,
            Never
        }
    }
}
