package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.heapwarden.security.falco.FalcoPriority;
import io.heapwarden.security.podstandards.PodStandard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Security observations of the same pods: they are in the MemoryReport, counted in the policy's status, and matched by responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Security(
        @JsonPropertyDescription("Falco events of these pods; the installation has to be connected to Falco.") @Nullable
                Falco falco,
        @JsonPropertyDescription("Runtime checks of the JVM and its processes, by exec; they never pause it.") @Nullable
                JvmChecks jvm,
        @JsonPropertyDescription("Pod Security Standard the running pods are held against.") @Nullable
                PodStandard podStandard,
        @JsonPropertyDescription("Checks of the pods' images.") @Nullable Images images) {

    /** Which Falco events count. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Falco(
            @JsonPropertyDescription("Least priority that counts. Default Warning.") @Default("Warning")
                    FalcoPriority minPriority,
            @JsonPropertyDescription("Names of the rules that count. Default: all. At most 100.")
                    @Size(min = 1, max = 100)
                    @Nullable
                    List<@Size(max = 256) String> rules) {

        public Falco {
            minPriority = minPriority == null ? FalcoPriority.Warning : minPriority;
        }
    }

    /** Runtime checks inside the JVM: debug port, open JMX, agents, an old JDK, deleted code. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.interval) || [self.interval].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                    + " >= 60 && " + CelRules.SECONDS + " <= 604800)",
            message = "security.jvm.interval must be a whole number of s, m, h or d, between 1m and 7d, such as 10m",
            fieldPath = ".interval")
    public record JvmChecks(
            @JsonPropertyDescription("Time between two checks. 1m to 7d. Default 10m.")
                    @Default(JvmChecks.DEFAULT_INTERVAL)
                    @Pattern(Durations.LONG)
                    @Size(max = 6)
                    String interval,
            @JsonPropertyDescription(
                            "Agents that are meant to be in the JVMs, by path or file name, such as opentelemetry-javaagent.jar. At most 20.")
                    @Size(min = 1, max = 20)
                    List<@Size(min = 1, max = 253) String> allowedAgents) {

        static final String DEFAULT_INTERVAL = "10m";

        public JvmChecks {
            interval = interval == null ? DEFAULT_INTERVAL : interval;
            allowedAgents = allowedAgents == null ? List.of() : List.copyOf(allowedAgents);
        }
    }

    /** Checks of the pods' images. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.maxCvss) || self.maxCvss.matches('" + Images.CVSS + "')",
            message = "security.images.maxCvss must be a score from \"0.0\" to \"10.0\" with one decimal, in quotes",
            fieldPath = ".maxCvss")
    @ValidationRule(
            value = "!has(self.grace) || [self.grace].all(d, " + CelRules.IS_DURATION + " && " + CelRules.SECONDS
                    + " <= 31536000)",
            message = "security.images.grace must be a whole number of s, m, h or d, at most 365d, such as 14d",
            fieldPath = ".grace")
    public record Images(
            @JsonPropertyDescription("Registries images may come from. Default: any. At most 50.")
                    @Size(min = 1, max = 50)
                    @Nullable
                    List<@Size(min = 1, max = 253) String> allowedRegistries,
            @JsonPropertyDescription("Whether images must be named by digest. Default false.") @Default("false")
                    Boolean requireDigest,
            @JsonPropertyDescription("Highest CVSS score of a known vulnerability that is accepted, 0.0 to 10.0.")
                    @Pattern(Images.CVSS)
                    @Size(max = 4)
                    @Nullable
                    String maxCvss,
            @JsonPropertyDescription(
                            "Whether vulnerabilities without a fixed version are accepted, whatever their score. Default false.")
                    @Default("false")
                    Boolean ignoreUnfixed,
            @JsonPropertyDescription(
                            "How long after its publication a vulnerability is accepted, whatever its score. At most 365d. Default: not at all.")
                    @Pattern(Durations.LONG)
                    @Size(max = 6)
                    @Nullable
                    String grace) {

        static final String CVSS = "^(10[.]0|[0-9][.][0-9])$";

        public Images {
            requireDigest = requireDigest == null ? Boolean.FALSE : requireDigest;
            ignoreUnfixed = ignoreUnfixed == null ? Boolean.FALSE : ignoreUnfixed;
        }
    }
}
