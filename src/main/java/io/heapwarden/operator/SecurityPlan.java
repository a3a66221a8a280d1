package io.heapwarden.operator;

import io.heapwarden.api.Durations;
import io.heapwarden.api.Security;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.podstandards.PodStandard;
import java.time.Duration;
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
 * @param images the rules for images
 */
record SecurityPlan(
        Optional<Security.Falco> falco,
        Optional<Duration> jvmInterval,
        Set<String> allowedAgents,
        Optional<PodStandard> podStandard,
        Optional<Security.Images> images) {

    private static final SecurityPlan NOTHING =
            new SecurityPlan(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

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
                        Optional.ofNullable(spec.images()));
    }

    boolean asksForAnything() {
        return falco.isPresent() || jvmInterval.isPresent() || podStandard.isPresent() || images.isPresent();
    }

    boolean asksFor(FindingSource source) {
        return switch (source) {
            case Falco -> falco.isPresent();
            case Jvm -> jvmInterval.isPresent();
            case PodStandard -> podStandard.isPresent();
            case Image -> images.isPresent();
            case Vulnerability -> images.map(Security.Images::maxCvss).isPresent();
        };
    }
}
