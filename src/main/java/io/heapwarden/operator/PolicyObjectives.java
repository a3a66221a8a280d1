package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicyStatus.BurnRate;
import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.api.WorkloadStatus.WorkloadObjective;
import io.heapwarden.objective.BurnPair;
import io.heapwarden.objective.BurnWindow;
import io.heapwarden.objective.Compliance;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveTracker;
import io.heapwarden.objective.SpentTime;
import io.heapwarden.operator.WorkloadBook.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a policy's objectives stand over all its pods, those that are gone included. */
@ApplicationScoped
public class PolicyObjectives {

    private final WorkloadBook book;
    private final Clock clock;

    PolicyObjectives(WorkloadBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    List<ObjectiveStatus> of(PolicyPlan plan, List<PodMonitor> pods) {
        Instant now = clock.instant();
        return plan.objectives().stream()
                .map(objective -> status(objective, plan, pods, now))
                .toList();
    }

    Compliance compliance(GrowthObjective objective, PolicyPlan plan, List<PodMonitor> pods, Instant now) {
        List<SpentTime> all = new ArrayList<>(book.spent(plan, objective));
        pods.forEach(pod -> all.addAll(spent(objective, pod.lives())));
        return SpentTime.compliance(objective, all, now);
    }

    /** The same of one container of one workload. */
    List<WorkloadObjective> of(PolicyPlan plan, Page page, RememberedWorkload remembered, List<PodMonitor> pods) {
        Instant now = clock.instant();
        List<JudgedLife> lives = pods.stream()
                .filter(pod -> pod.view().workload().toString().equals(page.workload()))
                .flatMap(pod -> pod.life(page.container()).stream())
                .toList();
        return plan.objectives().stream()
                .map(objective -> {
                    List<SpentTime> all = new ArrayList<>(spent(objective, lives));
                    all.add(remembered.spent(objective));
                    Compliance compliance = SpentTime.compliance(objective, all, now);
                    return new WorkloadObjective(
                            objective.name(),
                            Phrases.percent(compliance.compliance()),
                            Phrases.percent(compliance.budgetRemaining()),
                            Phrases.percent(compliance.missingShare()));
                })
                .toList();
    }

    private ObjectiveStatus status(GrowthObjective objective, PolicyPlan plan, List<PodMonitor> pods, Instant now) {
        Compliance compliance = compliance(objective, plan, pods, now);
        return new ObjectiveStatus(
                objective.name(),
                Phrases.percent(compliance.compliance()),
                Phrases.percent(compliance.budgetRemaining()),
                rate(compliance.burnRate()),
                Arrays.stream(BurnWindow.values())
                        .filter(window -> compliance.burnRate(window) != null)
                        .map(window -> new BurnRate(window.label(), rate(compliance.burnRate(window))))
                        .toList(),
                compliance.burning().stream().map(BurnPair::name).toList(),
                Phrases.percent(compliance.missingShare()),
                compliance.met(),
                worst(objective, pods, now).orElse(null));
    }

    /** The pod with most bad time; none when no pod has any. */
    private static Optional<String> worst(GrowthObjective objective, List<PodMonitor> pods, Instant now) {
        record Spent(String pod, long badMillis) {}
        List<Spent> spent = new ArrayList<>();
        for (PodMonitor pod : pods) {
            long bad = SpentTime.compliance(objective, spent(objective, pod.lives()), now)
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

    private static List<SpentTime> spent(GrowthObjective objective, List<JudgedLife> lives) {
        return lives.stream()
                .flatMap(life -> life.tracker(objective.name()).stream())
                .map(ObjectiveTracker::spent)
                .toList();
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? "unknown" : String.format(Locale.ROOT, "%.1f", rate);
    }
}
