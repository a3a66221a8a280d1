package io.heapwarden.evaluation;

import io.heapwarden.evaluation.baseline.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The figures of one plain rule over some traces. It has the benefit of the doubt where the engine has not: a leak is found when the rule alarmed at any
 * time.
 *
 * @param rule the rule with its setting
 * @param chosenAs how the setting came about
 * @param outcomes each trace
 */
record BaselineScores(Baseline rule, String chosenAs, List<RuleOutcome> outcomes) {

    private static BaselineScores of(Baseline rule, String chosenAs, Evaluation evaluation) {
        return new BaselineScores(
                rule,
                chosenAs,
                evaluation.traces().stream()
                        .map(t -> Objects.requireNonNull(t.alarms().get(rule)))
                        .toList());
    }

    /** For each rule: its usual setting, and the one that did best on the part to tune on (by F1), both scored on others. */
    static List<BaselineScores> best(Evaluation tune, Evaluation report) {
        List<BaselineScores> scores = new ArrayList<>();
        for (List<? extends Baseline> family : Baseline.families()) {
            Baseline usual = family.getFirst();
            Baseline best = usual;
            for (Baseline rule : family) {
                if (of(rule, "", tune).f1() > of(best, "", tune).f1()) {
                    best = rule;
                }
            }
            scores.add(of(usual, best.equals(usual) ? "usual, and best of " + family.size() : "usual", report));
            if (!best.equals(usual)) {
                scores.add(of(best, "best of " + family.size(), report));
            }
        }
        return scores;
    }

    private List<RuleOutcome> leaks() {
        return outcomes.stream().filter(o -> o.truth().kind() == Kind.Leak).toList();
    }

    Proportion recall() {
        return Proportion.of(leaks(), RuleOutcome::found);
    }

    Proportion precision() {
        long found = recall().hits();
        return new Proportion(
                found, found + outcomes.stream().filter(RuleOutcome::falseAlarm).count());
    }

    Proportion falseAlarms() {
        return Proportion.of(
                outcomes.stream().filter(o -> o.truth().kind() != Kind.Leak).toList(), RuleOutcome::falseAlarm);
    }

    /** Leaks found before 40 % of the headroom was used. */
    Proportion early() {
        return Proportion.of(
                leaks(), o -> o.found() && o.headroomUsed() != null && o.headroomUsed() < Outcome.EARLY_ENOUGH);
    }

    Medians timeUsed() {
        return Medians.of(leaks().stream()
                .filter(RuleOutcome::found)
                .map(RuleOutcome::timeUsed)
                .toList());
    }

    /** Of leaks with a class to name and an alarm, those whose right class is among the first so many. */
    Proportion named(int first) {
        List<RuleOutcome> naming = leaks().stream()
                .filter(o ->
                        !o.truth().culprits().isEmpty() && !o.alarms().classes().isEmpty())
                .toList();
        return Proportion.of(naming, o -> o.names(first));
    }

    private double f1() {
        double hits = recall().hits();
        long wrong = outcomes.stream().filter(RuleOutcome::falseAlarm).count();
        return hits == 0 ? 0 : 2 * hits / (hits + wrong + leaks().size());
    }

    /** For a terminal. */
    @Override
    public String toString() {
        return String.format(
                "%s (%s; %s): precision %s, recall %s, early %s, time used %s, class %s",
                rule.name(), rule.setting(), chosenAs, precision(), recall(), early(), timeUsed(), named(1));
    }
}
