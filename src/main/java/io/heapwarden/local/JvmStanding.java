package io.heapwarden.local;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Figures;
import io.heapwarden.growth.State;
import io.heapwarden.operator.ContainerView;
import io.heapwarden.operator.JudgedLife;
import io.heapwarden.operator.PolicyPlan;
import io.heapwarden.operator.ReportFactory;
import java.time.Duration;
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
 * @param exhaustion when the tightest limit is reached, if the growth goes on; null while nothing grows
 * @param objectives how each objective of the policy stands for it, in the policy's order
 * @param ended whether it has ended
 */
public record JvmStanding(
        JvmProcess jvm,
        State state,
        ContainerReport report,
        @Nullable Exhaustion exhaustion,
        List<ObjectiveStanding> objectives,
        boolean ended) {

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
                view.assessment() == null ? null : view.assessment().exhaustion(),
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

    /** Why its health is an open question although its objectives are met; null when it is none. */
    public @Nullable String undecided() {
        return state == State.Suspect && exhaustion != null && exhaustion.latest() != null
                ? "it is Suspect: something grows that neither came back nor is confirmed as a leak, and at this rate "
                        + exhaustion.signal() + " reaches its limit in " + runway()
                : null;
    }

    /** When the limit is reached, to the second: runs on one's own machine may have little left. Empty while nothing grows. */
    public String runway() {
        if (exhaustion == null) {
            return "";
        }
        String earliest = Figures.duration(exhaustion.earliest());
        Duration latest = exhaustion.latest();
        return latest == null ? "no sooner than " + earliest : earliest + " to " + Figures.duration(latest);
    }

    private String lastTrouble() {
        List<ContainerReport.ProbeRefusal> refusals = report.lastRefusals();
        return refusals == null || refusals.isEmpty()
                ? ""
                : "; the last probe brought nothing: " + refusals.getFirst().detail();
    }
}
