package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final PolicyEvents events;

    PolicyReminders(PolicyEvents events) {
        this.events = events;
    }

    /** Looks at the conditions as last written, which the policy at hand carries. */
    void tell(MemoryPolicy policy) {
        List<Condition> conditions = Optional.ofNullable(policy.getStatus())
                .map(MemoryPolicyStatus::conditions)
                .orElse(List.of());
        conditions.stream()
                .filter(condition -> !"True".equals(condition.getStatus()) && !"Secure".equals(condition.getType()))
                .forEach(condition -> {
                    EventReason reason = BY_CONDITION_REASON.get(condition.getReason());
                    if (reason != null) {
                        events.onPolicy(reason, PolicyKey.of(policy), condition.getType(), condition.getMessage());
                    }
                });
    }
}
