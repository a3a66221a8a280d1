package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.objective.BurnPair;
import io.heapwarden.telemetry.EventReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells when an error budget begins to burn over a pair of windows, and when that is over. What was told before is what the status says. */
@ApplicationScoped
public class BurnEvents {

    private final PolicyEvents events;

    BurnEvents(PolicyEvents events) {
        this.events = events;
    }

    /** Called after a status was written. */
    void tell(PolicyKey policy, @Nullable MemoryPolicyStatus before, MemoryPolicyStatus now) {
        for (ObjectiveStatus objective : list(now.objectives())) {
            List<String> told = list(before == null ? null : before.objectives()).stream()
                    .filter(old -> old.name().equals(objective.name()))
                    .findFirst()
                    .map(old -> list(old.burning()))
                    .orElse(List.of());
            List<String> burning = list(objective.burning());
            for (BurnPair pair : BurnPair.values()) {
                boolean burns = burning.contains(pair.name());
                if (burns != told.contains(pair.name())) {
                    events.onPolicy(
                            burns ? EventReason.BudgetBurning : EventReason.BudgetBurnOver,
                            policy,
                            objective.name() + "/" + pair,
                            burns ? begins(objective, pair) : over(objective, pair));
                }
            }
        }
    }

    private static String begins(ObjectiveStatus objective, BurnPair pair) {
        return "Objective " + objective.name() + " burns its error budget more than " + bar(pair)
                + " times as fast as it may, over the last " + pair.longer().label() + " and the last "
                + pair.shorter().label() + " (" + pair + "); " + objective.budgetRemaining() + " of it is left"
                + (objective.worst() == null ? "" : ", pod " + objective.worst() + " spent most");
    }

    private static String over(ObjectiveStatus objective, BurnPair pair) {
        return "Objective " + objective.name() + " does not burn its error budget that fast any more (" + pair + ", "
                + pair.longer().label() + " and " + pair.shorter().label() + "); " + objective.budgetRemaining()
                + " of it is left";
    }

    private static String bar(BurnPair pair) {
        return String.format(Locale.ROOT, "%.1f", pair.bar()).replace(".0", "");
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }
}
