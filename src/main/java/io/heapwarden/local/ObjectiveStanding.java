package io.heapwarden.local;

import io.heapwarden.objective.Compliance;
import io.heapwarden.objective.Criterion;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveTracker;
import io.heapwarden.operator.Phrases;
import io.heapwarden.operator.SignalUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one objective stands for one JVM.
 *
 * @param name its name
 * @param demand what it asks for, in words
 * @param compliance for how long it held and did not hold; null while nothing was seen
 * @param holdsNow whether it held at the last sample; null while that cannot be said
 * @param result what comes of it
 */
public record ObjectiveStanding(
        String name, String demand, @Nullable Compliance compliance, @Nullable Boolean holdsNow, Result result) {

    /** What comes of an objective. */
    public enum Result {
        Met,
        /** Its error budget is spent, or it does not hold at the end: a budget of 30 days says little of some minutes. */
        Broken,
        NotJudged
    }

    static ObjectiveStanding of(
            GrowthObjective objective, Optional<ObjectiveTracker> tracker, boolean enough, Instant now) {
        Compliance compliance = tracker.map(known -> known.compliance(now)).orElse(null);
        Boolean holds = tracker.map(known -> known.checkpoint().holds()).orElse(null);
        return new ObjectiveStanding(
                objective.name(), demand(objective), compliance, holds, result(compliance, holds, enough));
    }

    /** Compliance, error budget and whether it holds now, in words. */
    public String inWords() {
        if (compliance == null || compliance.compliance() == null) {
            return "nothing was judged";
        }
        return "held %s of the time, budget left %s%s"
                .formatted(
                        Phrases.percent(compliance.compliance()),
                        Phrases.percent(compliance.budgetRemaining()),
                        Boolean.FALSE.equals(holdsNow) ? ", does not hold now" : "");
    }

    private static Result result(@Nullable Compliance compliance, @Nullable Boolean holds, boolean enough) {
        Boolean met = compliance == null ? null : compliance.met();
        if (Boolean.FALSE.equals(met) || Boolean.FALSE.equals(holds)) {
            return Result.Broken;
        }
        return met == null || !enough ? Result.NotJudged : Result.Met;
    }

    private static String demand(GrowthObjective objective) {
        String share = " in " + Phrases.percent(objective.target()) + " of the time";
        return switch (objective.criterion()) {
            case Criterion.NoConfirmedLeak none -> "no confirmed leak" + share;
            case Criterion.LeastTimeToExhaustion(Duration least) ->
                "at least " + Phrases.duration(least) + " to exhaustion" + share;
            case Criterion.BoundedGrowth growth ->
                "%s%s grows by at most %s in %s%s"
                        .formatted(
                                growth.signal(),
                                growth.className() == null ? "" : " of " + growth.className(),
                                SignalUnit.of(growth.signal()).write(growth.maxGrowth()),
                                Phrases.duration(growth.window()),
                                share);
        };
    }
}
