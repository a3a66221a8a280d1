package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.objective.Compliance;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveTracker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a policy's objectives stand over all its pods. */
@ApplicationScoped
public class PolicyObjectives {

    private final Clock clock;

    PolicyObjectives(Clock clock) {
        this.clock = clock;
    }

    List<ObjectiveStatus> of(PolicyPlan plan, List<PodMonitor> pods) {
        Instant now = clock.instant();
        return plan.objectives().stream()
                .map(objective -> status(objective, pods, now))
                .toList();
    }

    Compliance compliance(GrowthObjective objective, List<PodMonitor> pods, Instant now) {
        return ObjectiveTracker.compliance(
                objective,
                pods.stream().flatMap(pod -> trackers(objective, pod).stream()).toList(),
                now);
    }

    private ObjectiveStatus status(GrowthObjective objective, List<PodMonitor> pods, Instant now) {
        Compliance compliance = compliance(objective, pods, now);
        return new ObjectiveStatus(
                objective.name(),
                Phrases.percent(compliance.compliance()),
                Phrases.percent(compliance.budgetRemaining()),
                rate(compliance.burnRate()),
                compliance.met(),
                worst(objective, pods, now).orElse(null));
    }

    /** The pod with most bad time; none when no pod has any. */
    private static Optional<String> worst(GrowthObjective objective, List<PodMonitor> pods, Instant now) {
        record Spent(String pod, long badMillis) {}
        List<Spent> spent = new ArrayList<>();
        for (PodMonitor pod : pods) {
            long bad = ObjectiveTracker.compliance(objective, trackers(objective, pod), now)
                    .bad()
                    .toMillis();
            if (bad > 0) {
                spent.add(new Spent(pod.key().name(), bad));
            }
        }
        return spent.stream()
                .max(Comparator.comparingLong(Spent::badMillis).thenComparing(Spent::pod, Comparator.reverseOrder()))
                .map(Spent::pod);
    }

    private static List<ObjectiveTracker> trackers(GrowthObjective objective, PodMonitor pod) {
        return pod.lives().stream()
                .flatMap(life -> life.tracker(objective.name()).stream())
                .toList();
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? "unknown" : String.format(Locale.ROOT, "%.1f", rate);
    }
}
