package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a list of conditions on top of the one that is there: one of each type, in a fixed order, and the transition time moves only when the
 * status value does. Without that each pass would write a new status, and each write would start a new pass.
 */
final class Conditions {

    private final Clock clock;
    private final @Nullable Long generation;
    private final Map<String, Condition> before;
    private final Map<String, Condition> now = new TreeMap<>();

    Conditions(@Nullable List<Condition> before, @Nullable Long generation, Clock clock) {
        this.clock = clock;
        this.generation = generation;
        this.before = before == null
                ? Map.of()
                : before.stream().collect(Collectors.toMap(Condition::getType, Function.identity(), (a, b) -> b));
    }

    Conditions isTrue(String type, String reason, String message) {
        return put(type, "True", reason, message);
    }

    Conditions isFalse(String type, String reason, String message) {
        return put(type, "False", reason, message);
    }

    Conditions isUnknown(String type, String reason, String message) {
        return put(type, "Unknown", reason, message);
    }

    List<Condition> list() {
        return List.copyOf(now.values());
    }

    private Conditions put(String type, String status, String reason, String message) {
        Condition old = before.get(type);
        String since = old != null && status.equals(old.getStatus())
                ? old.getLastTransitionTime()
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        now.put(
                type,
                new ConditionBuilder()
                        .withType(type)
                        .withStatus(status)
                        .withReason(reason)
                        .withMessage(message)
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(since)
                        .build());
        return this;
    }
}
