package io.heapwarden.growth;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the growth of all series which one is told, on which evidence, and when it is critical. How much of the headroom the growth
 * must have used is the dial between precision and lead time: growth of unknown end that has used this share reaches the limit with about
 * that chance.
 */
final class LeakRules {

    /** Share of the headroom from which confirmed growth is told. */
    static final double SHARE = 0.40;

    /** … when histograms of live objects, or histograms and an old collection, explain it. */
    static final double EXPLAINED_SHARE = 0.20;

    /** … when histograms that count garbage too explain it. */
    static final double EXPLAINED_WITH_GARBAGE_SHARE = 0.36;

    /** … when nothing else speaks for it: more than the two thirds of the heap that an old generation of default size has. */
    static final double NEARLY_FULL_SHARE = 0.75;

    /** … when an earlier life of the workload leaked in the same signal. */
    static final double LEAKED_BEFORE_SHARE = 0.10;

    /** Rising classes explain the growth from this share of it on. */
    static final double EXPLAINS = 0.5;

    /** … and from this share where garbage is counted too, whose arrays jump: there the even rise of an own class carries the proof. */
    static final double EXPLAINS_WITH_GARBAGE = 0.25;

    /** Steps between histograms of live objects that the first culprit must have risen; three by chance: 1 in 24. */
    static final int LEAST_STEPS = 3;

    /** … and of histograms that count garbage too, where chance has more to play with; four by chance: 1 in 120. */
    static final int LEAST_STEPS_WITH_GARBAGE = 4;

    /** Exponent of growth that no collection has tested. A cache that fills exponentially falls below before it has used a third of its room. */
    static final double LEAST_UNTESTED_ELASTICITY = 0.8;

    /** A confirmed leak is critical when its limit may be reached within this many intervals … */
    static final int CRITICAL_INTERVALS = 60;

    /** … but not earlier than this before the limit, however long the interval. */
    static final Duration CRITICAL_AT_MOST = Duration.ofHours(6);

    /** … or when the floor is above this share of the limit and still rising. */
    static final double CRITICAL_FILLED = 0.85;

    /** Critical ends when the limit is twice as far away and less of it is filled than this. */
    static final double CRITICAL_ENDS_FILLED = 0.80;

    private LeakRules() {}

    /** A leak to tell of. */
    record Finding(Growth growth, Evidence evidence, Verdict verdict) {}

    /** The leak to tell of, or null. Causes come before their effects: threads and class loaders hold heap, but not the other way round. */
    static @Nullable Finding find(
            Map<Watched, Growth> growths, ClassGrowth classes, Explanation explanation, WorkloadKnowledge knowledge) {
        Growth metaspace = growths.get(Watched.Metaspace);
        Growth loaded = growths.get(Watched.Classes);
        if (metaspace != null && loaded != null && loaded.worthMention()) {
            Finding finding = told(metaspace, unexplained(metaspace), Verdict.ClassLoaderLeak, null, knowledge);
            if (finding != null) {
                return finding;
            }
        }
        Growth threads = growths.get(Watched.Threads);
        if (threads != null) {
            Finding finding = told(threads, Evidence.None, Verdict.ThreadLeak, null, knowledge);
            if (finding != null) {
                return finding;
            }
        }
        Growth direct = growths.get(Watched.Direct);
        if (direct != null) {
            Finding finding = told(direct, unexplained(direct), Verdict.DirectBufferLeak, null, knowledge);
            if (finding != null) {
                return finding;
            }
        }
        Growth heap = growths.get(Watched.Heap);
        if (heap != null) {
            Finding finding =
                    told(heap, heapEvidence(heap, classes, explanation), Verdict.RetentionLeak, explanation, knowledge);
            if (finding != null) {
                return finding;
            }
        }
        return nativeGrowth(growths, knowledge);
    }

    private static @Nullable Finding nativeGrowth(Map<Watched, Growth> growths, WorkloadKnowledge knowledge) {
        Growth anon = growths.get(Watched.Anon);
        if (anon == null || anon.window() == null || anon.window().compareTo(GrowthMeter.COVERED_ENOUGH) < 0) {
            return null;
        }
        boolean alone = growths.values().stream().noneMatch(g -> g.watched() != Watched.Anon && g.recentlyRising());
        return alone ? told(anon, Evidence.None, Verdict.NativeGrowth, null, knowledge) : null;
    }

    private static @Nullable Finding told(
            Growth growth,
            Evidence evidence,
            Verdict verdict,
            @Nullable Explanation explanation,
            WorkloadKnowledge knowledge) {
        Double elasticity = growth.elasticity();
        boolean straight = elasticity != null && elasticity >= LEAST_UNTESTED_ELASTICITY;
        boolean doubtful = !evidence.tested() && (!straight || growth.series().withinKnownPeak(growth.level()));
        double needed = knowledge.leakedBefore().contains(growth.signal())
                ? LEAKED_BEFORE_SHARE
                : shareNeeded(growth, evidence, explanation);
        if (!growth.confirmed() || doubtful || withinHealthyPlateau(growth, knowledge) || growth.share() < needed) {
            return null;
        }
        return new Finding(growth, evidence, verdict);
    }

    private static boolean withinHealthyPlateau(Growth growth, WorkloadKnowledge knowledge) {
        Double plateau = knowledge.healthyPlateaus().get(growth.signal());
        return plateau != null && growth.level() <= Series.ABOVE_KNOWN_PEAK * plateau;
    }

    private static double shareNeeded(Growth growth, Evidence evidence, @Nullable Explanation explanation) {
        return switch (evidence) {
            case OldCollection -> explanation != null && explains(explanation) ? EXPLAINED_SHARE : SHARE;
            case LiveHistograms -> EXPLAINED_SHARE;
            case HistogramsWithGarbage -> EXPLAINED_WITH_GARBAGE_SHARE;
            case NearlyFull, None -> growth.watched().freedLazily() ? NEARLY_FULL_SHARE : SHARE;
        };
    }

    static Evidence heapEvidence(Growth heap, ClassGrowth classes, Explanation explanation) {
        Evidence collected = unexplained(heap);
        if (collected == Evidence.OldCollection) {
            return collected;
        }
        if (explains(explanation) && classes.live()) {
            return Evidence.LiveHistograms;
        }
        if (collected == Evidence.None
                && explanation.share() >= EXPLAINS_WITH_GARBAGE
                && explanation.ownClass()
                && explanation.steps() >= LEAST_STEPS_WITH_GARBAGE) {
            return Evidence.HistogramsWithGarbage;
        }
        return collected;
    }

    private static Evidence unexplained(Growth growth) {
        if (growth.series().survivedOldCollection(growth.level())) {
            return Evidence.OldCollection;
        }
        return growth.share() >= NEARLY_FULL_SHARE ? Evidence.NearlyFull : Evidence.None;
    }

    private static boolean explains(Explanation explanation) {
        return explanation.steps() >= LEAST_STEPS && explanation.share() >= EXPLAINS;
    }

    /** Whether a told leak is about to exhaust its limit. Growth that no old collection has tested is not, before its floor is near the limit. */
    static boolean critical(Growth growth, Evidence evidence, Duration interval, boolean alreadyCritical) {
        double filled = alreadyCritical ? CRITICAL_ENDS_FILLED : CRITICAL_FILLED;
        boolean nearLimit = growth.filled() > filled && (alreadyCritical || growth.recentlyRising());
        boolean tested = evidence.tested() || !growth.watched().freedLazily() || alreadyCritical;
        Exhaustion exhaustion = growth.exhaustion();
        Duration soon = interval.multipliedBy(CRITICAL_INTERVALS);
        if (soon.compareTo(CRITICAL_AT_MOST) > 0) {
            soon = CRITICAL_AT_MOST;
        }
        Duration within = alreadyCritical ? soon.multipliedBy(2) : soon;
        return nearLimit
                || (tested && exhaustion != null && exhaustion.earliest().compareTo(within) <= 0);
    }
}
