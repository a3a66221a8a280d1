package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Quantity;
import io.heapwarden.api.Durations;
import io.heapwarden.api.Objective;
import io.heapwarden.objective.Criterion;
import io.heapwarden.objective.GrowthObjective;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the objectives of a policy. */
final class Objectives {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Objectives() {}

    static List<GrowthObjective> of(@Nullable List<Objective> written) {
        return written == null
                ? List.of(GrowthObjective.NO_LEAK)
                : written.stream().map(Objectives::of).toList();
    }

    private static GrowthObjective of(Objective written) {
        return new GrowthObjective(
                written.name(), criterion(written), share(written.target()), Durations.parse(written.period()));
    }

    private static Criterion criterion(Objective written) {
        if (written.minTimeToExhaustion() != null) {
            return new Criterion.LeastTimeToExhaustion(Durations.parse(written.minTimeToExhaustion()));
        }
        if (written.signal() == null || written.maxGrowth() == null || written.window() == null) {
            throw new IllegalArgumentException(
                    "objective " + written.name() + " needs signal, maxGrowth and window, or minTimeToExhaustion");
        }
        return new Criterion.BoundedGrowth(
                written.signal(),
                written.className(),
                Quantity.getAmountInBytes(new Quantity(written.maxGrowth())).doubleValue(),
                Durations.parse(written.window()));
    }

    private static double share(String percent) {
        return new BigDecimal(percent.substring(0, percent.length() - 1))
                .divide(HUNDRED)
                .doubleValue();
    }
}
