package io.heapwarden.local;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.growth.State;
import io.heapwarden.operator.ContainerView;
import io.heapwarden.operator.JudgedLife;
import io.heapwarden.operator.PolicyPlan;
import io.heapwarden.operator.ReportFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one JVM stands.
 *
 * @param jvm which
 * @param state where it stands
 * @param report what is known of it, as a MemoryReport has it
 * @param objectives how each objective of the policy stands for it, in the policy's order
 * @param ended whether it has ended
 */
public record JvmStanding(
        JvmProcess jvm, State state, ContainerReport report, List<ObjectiveStanding> objectives, boolean ended) {

    /**
     * Samples from which on health is said: the least in which a leak can be told from noise, twelve buckets of two samples after ten of warming
     * up, and some to confirm it.
     */
    public static final int SAMPLES_TO_JUDGE = 40;

    public JvmStanding {
        objectives = List.copyOf(objectives);
    }

    static JvmStanding of(
            JvmProcess jvm,
            PolicyPlan plan,
            ContainerView view,
            Optional<JudgedLife> life,
            boolean ended,
            Instant now) {
        boolean enough = view.leftAlone() == null
                && view.samples() >= SAMPLES_TO_JUDGE
                && view.state() != State.WarmingUp
                && view.state() != State.Unreachable;
        return new JvmStanding(
                jvm,
                view.state(),
                ReportFactory.container(view),
                plan.objectives().stream()
                        .map(objective -> ObjectiveStanding.of(
                                objective, life.flatMap(known -> known.tracker(objective.name())), enough, now))
                        .toList(),
                ended);
    }

    /** Whether an objective is broken. */
    public boolean broken() {
        return objectives.stream().anyMatch(objective -> objective.result() == ObjectiveStanding.Result.Broken);
    }

    /** Why nothing can be said of it; null when it was judged. */
    public @Nullable String notJudged() {
        if (objectives.stream().anyMatch(objective -> objective.result() != ObjectiveStanding.Result.NotJudged)) {
            return null;
        }
        if (report.leftAlone() != null) {
            return report.leftAlone().detail();
        }
        if (report.samples() < SAMPLES_TO_JUDGE && state != State.Unreachable) {
            return "%d samples are too few to tell a leak from noise: %d are needed%s"
                    .formatted(report.samples(), SAMPLES_TO_JUDGE, lastTrouble());
        }
        return "it does not answer" + lastTrouble();
    }

    private String lastTrouble() {
        List<ContainerReport.ProbeRefusal> refusals = report.lastRefusals();
        return refusals == null || refusals.isEmpty()
                ? ""
                : "; the last probe brought nothing: " + refusals.getFirst().detail();
    }
}
