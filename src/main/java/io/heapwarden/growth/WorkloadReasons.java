package io.heapwarden.growth;

import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.growth.WorkloadKnowledge.Siblings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the other lives of a workload say about growth in this one: in words, and as weight in the logistic sum of confidence. */
final class WorkloadReasons {

    /** Siblings agree from this share of them on. */
    static final double SIBLINGS_AGREE = 2.0 / 3;

    private static final double AGREEING_SIBLINGS = 1.5;
    private static final double DISAGREEING_SIBLINGS = -2;
    private static final double LEAKED_BEFORE = 3;
    private static final double WITHIN_PLATEAU = -3;
    private static final double REGRESSION = 1;

    private WorkloadReasons() {}

    /**
     * Sentences on what others teach, the most telling first; empty where they teach nothing.
     *
     * @param shown the growth that the assessment speaks of; null when nothing grows
     * @param culprits the classes that explain it, the likeliest first
     */
    static List<String> of(WorkloadKnowledge knowledge, @Nullable Growth shown, List<Culprit> culprits) {
        List<String> reasons = new ArrayList<>();
        Regression regression = knowledge.regression();
        if (regression != null) {
            reasons.add(sentence(regression));
        }
        if (shown == null) {
            return reasons;
        }
        String culprit = culprits.isEmpty() ? null : culprits.getFirst().className();
        if (culprit != null && knowledge.culpritsBefore().contains(culprit)) {
            reasons.add("An earlier life of this workload leaked " + culprit + " as well.");
        } else if (knowledge.leakedBefore().contains(shown.signal())) {
            reasons.add("An earlier life of this workload leaked in " + Figures.name(shown.signal()) + " as well.");
        }
        Siblings siblings = knowledge.siblings();
        if (siblings != null) {
            reasons.add((siblings.risingAlike() == 0 ? "None" : String.valueOf(siblings.risingAlike())) + " of "
                    + siblings.judged() + " siblings " + (siblings.risingAlike() == 1 ? "grows" : "grow") + " alike.");
        }
        Double plateau = knowledge.healthyPlateaus().get(shown.signal());
        if (plateau != null && withinPlateau(shown, plateau)) {
            reasons.add("The floor is still about what earlier lives of this workload held in good health ("
                    + Figures.amount(shown.signal(), plateau) + ").");
        }
        return reasons;
    }

    /** What the same knowledge adds to the logit of confidence; 0 where nothing is known. */
    static double weight(WorkloadKnowledge knowledge, Growth shown, List<Culprit> culprits) {
        double weight = 0;
        Siblings siblings = knowledge.siblings();
        if (siblings != null && siblings.judged() > 0) {
            double share = (double) siblings.risingAlike() / siblings.judged();
            weight += share >= SIBLINGS_AGREE ? AGREEING_SIBLINGS : share == 0 ? DISAGREEING_SIBLINGS : 0;
        }
        boolean sameCulprit = !culprits.isEmpty()
                && knowledge.culpritsBefore().contains(culprits.getFirst().className());
        if (sameCulprit || knowledge.leakedBefore().contains(shown.signal())) {
            weight += LEAKED_BEFORE;
        }
        Double plateau = knowledge.healthyPlateaus().get(shown.signal());
        if (plateau != null && withinPlateau(shown, plateau)) {
            weight += WITHIN_PLATEAU;
        }
        Regression regression = knowledge.regression();
        if (regression != null && regression.signal() == shown.signal()) {
            weight += REGRESSION;
        }
        return weight;
    }

    private static boolean withinPlateau(Growth shown, double plateau) {
        return shown.level() <= Series.ABOVE_KNOWN_PEAK * plateau;
    }

    private static String sentence(Regression regression) {
        return "Revision " + regression.revision() + " grows "
                + Figures.amount(regression.signal(), regression.growth())
                + " in " + Figures.name(regression.signal()) + " in its first "
                + Figures.duration(regression.age()) + ", revision " + regression.previous() + " grew "
                + Figures.amount(regression.signal(), regression.previousGrowth())
                + " at that age: a regression of this revision.";
    }
}
