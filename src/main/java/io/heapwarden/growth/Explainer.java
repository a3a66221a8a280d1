package io.heapwarden.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays open how each series was judged: every test with its figure and its bar, in the order in which they are asked. */
final class Explainer {

    private final Map<Watched, Growth> growths;
    private final LeakRules rules;

    Explainer(Map<Watched, Growth> growths, LeakRules rules) {
        this.growths = growths;
        this.rules = rules;
    }

    List<TestFigure> explain() {
        List<TestFigure> figures = new ArrayList<>();
        growths.values().forEach(growth -> explain(growth, figures));
        return figures;
    }

    private void explain(Growth growth, List<TestFigure> figures) {
        Signal signal = growth.signal();
        Trend trend = trend(growth.series());
        if (trend != null) {
            int falls = trend.fallsAllowed();
            add(
                    figures,
                    signal,
                    "lows that rise",
                    trend.rises() + " of " + trend.steps(),
                    (trend.steps() - falls) + " of " + trend.steps(),
                    trend.rises() >= trend.steps() - falls);
            add(
                    figures,
                    signal,
                    "mean step in standard errors",
                    number(trend.drift()),
                    number(FloorTest.LEAST_DRIFT),
                    trend.drift() >= FloorTest.LEAST_DRIFT);
            add(
                    figures,
                    signal,
                    "last third above the first",
                    trend.neverReturned() ? "yes" : "no",
                    "yes",
                    trend.neverReturned());
            add(
                    figures,
                    signal,
                    "second half over first half",
                    number(trend.secondHalf()),
                    number(FloorTest.LEAST_SECOND_HALF),
                    trend.secondHalf() >= FloorTest.LEAST_SECOND_HALF);
        }
        add(
                figures,
                signal,
                "passed in a row",
                String.valueOf(growth.passed()),
                String.valueOf(GrowthMeter.EVALUATIONS_TO_CONFIRM),
                growth.passed() >= GrowthMeter.EVALUATIONS_TO_CONFIRM);
        Double elasticity = growth.elasticity();
        if (elasticity != null) {
            add(
                    figures,
                    signal,
                    "exponent of the growth",
                    number(elasticity),
                    number(GrowthMeter.LEAST_ELASTICITY),
                    elasticity >= GrowthMeter.LEAST_ELASTICITY);
        }
        long least = growth.watched().leastGrowth(growth.limit());
        add(
                figures,
                signal,
                "growth since the base",
                Figures.amount(signal, growth.grown()),
                Figures.amount(signal, least),
                growth.grown() >= least);
        add(
                figures,
                signal,
                "higher than what came back or to rest",
                growth.known() ? "no" : "yes",
                "yes",
                !growth.known());
        Evidence evidence = rules.evidence(growth);
        double needed = rules.shareNeeded(growth, evidence);
        add(
                figures,
                signal,
                "share of the headroom, evidence " + evidence,
                Figures.percent(growth.share()),
                needed > 1 ? "an old collection first" : Figures.percent(needed),
                growth.share() >= needed);
    }

    /** Of the longest bucket length that passes, or else of the longest that has enough floors. */
    private static @Nullable Trend trend(Series series) {
        Trend longest = null;
        Trend passing = null;
        for (int scale = 0; scale < series.floors().scales(); scale++) {
            Trend trend = series.trend(scale);
            longest = trend == null ? longest : trend;
            passing = trend != null && trend.risesForGood() ? trend : passing;
        }
        return passing == null ? longest : passing;
    }

    private static void add(
            List<TestFigure> figures, Signal signal, String test, String figure, String bar, boolean passed) {
        figures.add(new TestFigure(signal, test, figure, bar, passed));
    }

    private static String number(double value) {
        return Math.abs(value) > 99 ? (value > 0 ? "> 99" : "< -99") : String.format(Locale.ROOT, "%.2f", value);
    }
}
