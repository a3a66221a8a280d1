package io.heapwarden.operator;

import io.heapwarden.api.Durations;
import io.heapwarden.api.Security;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.images.AllowedRegistries;
import io.heapwarden.security.images.ImageRules;
import io.heapwarden.security.images.VulnerabilityRules;
import io.heapwarden.security.podstandards.PodStandard;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a pod's security a policy wants to be watched; what is empty is not.
 *
 * @param falco which events of Falco count
 * @param jvmInterval time between two looks at the JVM and its processes
 * @param allowedAgents agents that are meant to be in the JVMs
 * @param podStandard the standard that pods are held against
 * @param imageRules where images may come from and how they are named
 * @param vulnerabilityRules which vulnerabilities of images are accepted
 */
record SecurityPlan(
        Optional<Security.Falco> falco,
        Optional<Duration> jvmInterval,
        Set<String> allowedAgents,
        Optional<PodStandard> podStandard,
        Optional<ImageRules> imageRules,
        Optional<VulnerabilityRules> vulnerabilityRules) {

    private static final SecurityPlan NOTHING = new SecurityPlan(
            Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Reads what a policy says.
     *
     * @throws IllegalArgumentException when it holds what the API server should have refused; the message says what and where
     */
    static SecurityPlan of(@Nullable Security spec) {
        return spec == null
                ? NOTHING
                : new SecurityPlan(
                        Optional.ofNullable(spec.falco()),
                        Optional.ofNullable(spec.jvm()).map(jvm -> Durations.parse(jvm.interval())),
                        Optional.ofNullable(spec.jvm())
                                .map(jvm -> Set.copyOf(jvm.allowedAgents()))
                                .orElse(Set.of()),
                        Optional.ofNullable(spec.podStandard()),
                        Optional.ofNullable(spec.images()).map(SecurityPlan::rules),
                        Optional.ofNullable(spec.images()).flatMap(SecurityPlan::vulnerabilities));
    }

    boolean asksForAnything() {
        return Arrays.stream(FindingSource.values()).anyMatch(this::asksFor);
    }

    boolean asksFor(FindingSource source) {
        return switch (source) {
            case Falco -> falco.isPresent();
            case Jvm -> jvmInterval.isPresent();
            case PodStandard -> podStandard.isPresent();
            case Image -> imageRules.isPresent();
            case Vulnerability -> vulnerabilityRules.isPresent();
        };
    }

    private static ImageRules rules(Security.Images images) {
        return new ImageRules(
                images.allowedRegistries() == null ? null : AllowedRegistries.of(images.allowedRegistries()),
                images.requireDigest());
    }

    private static Optional<VulnerabilityRules> vulnerabilities(Security.Images images) {
        return Optional.ofNullable(images.maxCvss())
                .map(score -> new VulnerabilityRules(
                        Double.parseDouble(score),
                        images.ignoreUnfixed(),
                        images.grace() == null ? null : Durations.parse(images.grace())));
    }
}
