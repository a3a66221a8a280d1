package io.heapwarden.operator;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** Why what policies want of security is not looked at or listened to. */
@ApplicationScoped
public class SecurityObstacles {

    private final SecurityChecks checks;
    private final FalcoConnection falco;

    SecurityObstacles(SecurityChecks checks, FalcoConnection falco) {
        this.checks = checks;
        this.falco = falco;
    }

    /** Sentences without a full stop; empty when everything is as a policy wants it. */
    List<String> of(PolicyPlan plan) {
        String obstacle = plan.security().falco().isPresent() ? falco.obstacle() : "";
        return Stream.concat(
                        checks.obstacles(plan).stream(),
                        obstacle.isEmpty() ? Stream.empty() : Stream.of("spec.security.falco is set and " + obstacle))
                .toList();
    }
}
