package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a policy's standing troubles as Events, so that `kubectl describe` shows them beside the condition; repeats are one Event. */
@ApplicationScoped
public class PolicyReminders {

    private static final Map<String, EventReason> BY_CONDITION_REASON = Map.of(
            "InvalidPolicy", EventReason.InvalidPolicy,
            "UnknownClass", EventReason.UnknownClass,
            "NotSupported", EventReason.FieldsNotSupported,
            "NoPodsMatched", EventReason.NoPodsMatched,
            "PodsClaimedByOtherPolicy", EventReason.PodsClaimedByOtherPolicy,
            "MissingPermission", EventReason.MissingPermission,
            "Unreachable", EventReason.NotSampled,
            "BudgetSpent", EventReason.ObjectiveBroken);

    /** A trouble is told when it has lasted this long: a policy is often applied a moment before its pods. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PolicyEvents events;
    private final Clock clock;

    PolicyReminders(PolicyEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Looks at the conditions as last written, which the policy at hand carries. */
    void tell(MemoryPolicy policy) {
        List<Condition> conditions = Optional.ofNullable(policy.getStatus())
                .map(MemoryPolicyStatus::conditions)
                .orElse(List.of());
        conditions.stream()
                .filter(condition -> !"True".equals(condition.getStatus()) && !"Secure".equals(condition.getType()))
                .filter(this::lasts)
                .forEach(condition -> {
                    EventReason reason = BY_CONDITION_REASON.get(condition.getReason());
                    if (reason != null) {
                        events.onPolicy(reason, PolicyKey.of(policy), condition.getType(), condition.getMessage());
                    }
                });
    }

    private boolean lasts(Condition condition) {
        return !clock.instant()
                .isBefore(Instant.parse(condition.getLastTransitionTime()).plus(PATIENCE));
    }
}
