package io.heapwarden.evaluation;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The figures of the engine over some traces. A leak is found when it is confirmed at the trace's end, and a false alarm is one that was raised at any time:
 * of the two readings always the one that is harder on the engine, with the other one beside it.
 *
 * @param outcomes the traces
 */
record Scores(List<Outcome> outcomes) {

    static Scores of(Collection<Outcome> outcomes) {
        return new Scores(List.copyOf(outcomes));
    }

    /** One figure, what it should be, and how the measured value reads. */
    record Figure(String name, String goal, String measured) {}

    private List<Outcome> of(Kind kind) {
        return outcomes.stream().filter(o -> o.truth().kind() == kind).toList();
    }

    private List<Outcome> found() {
        return outcomes.stream().filter(Outcome::found).toList();
    }

    private List<Outcome> told() {
        return outcomes.stream().filter(Outcome::everFound).toList();
    }

    /** Leaks among the traces that a leak was told of. */
    Proportion precision() {
        long found = found().size();
        return new Proportion(
                found, found + outcomes.stream().filter(Outcome::falseAlarm).count());
    }

    private Proportion precisionAtEnd() {
        long found = found().size();
        return new Proportion(
                found,
                found + outcomes.stream().filter(Outcome::falseAlarmAtEnd).count());
    }

    /** Leaks that are told at the trace's end. */
    Proportion recall() {
        return Proportion.of(of(Kind.Leak), Outcome::found);
    }

    Proportion everFound() {
        return Proportion.of(of(Kind.Leak), Outcome::everFound);
    }

    Proportion falseAlarms() {
        return Proportion.of(
                outcomes.stream().filter(o -> o.truth().kind() != Kind.Leak).toList(), Outcome::falseAlarm);
    }

    /** Found leaks with the right verdict. */
    Proportion verdict() {
        return Proportion.of(found(), Outcome::verdictRightAtEnd);
    }

    /** Traces with another trouble than a leak whose verdict is right at the end. */
    Proportion others() {
        return Proportion.of(of(Kind.Other), Outcome::verdictRightAtEnd);
    }

    private Proportion othersReached() {
        return Proportion.of(of(Kind.Other), Outcome::reached);
    }

    /** Found leaks that have a class to name, and those of them with a right one among the first so many at the end. */
    Proportion classAtEnd(int first) {
        return Proportion.of(
                found().stream().filter(o -> !o.truth().culprits().isEmpty()).toList(),
                o -> o.end().names(o.truth().culprits(), first));
    }

    Proportion classWhenTold(int first) {
        return Proportion.of(
                told().stream().filter(o -> !o.truth().culprits().isEmpty()).toList(),
                o -> Objects.requireNonNull(o.first()).names(o.truth().culprits(), first));
    }

    /** Leaks told before 40 % of the headroom was used; one that is missed was not. */
    Proportion early() {
        return Proportion.of(of(Kind.Leak), Outcome::toldEarlyEnough);
    }

    private Medians headroomUsed() {
        return Medians.of(told().stream()
                .map(o -> Objects.requireNonNull(o.first()).headroomUsed())
                .toList());
    }

    Medians timeUsed() {
        return Medians.of(told().stream()
                .map(o -> Objects.requireNonNull(o.first()).timeUsed())
                .toList());
    }

    /** Intervals printed of told leaks that hold the true time. */
    Proportion coverage() {
        return of(Kind.Leak).stream()
                .map(o -> o.intervals().confirmed())
                .reduce(new Proportion(0, 0), Proportion::plus);
    }

    private Proportion coverageAll() {
        return of(Kind.Leak).stream().map(o -> o.intervals().all()).reduce(new Proportion(0, 0), Proportion::plus);
    }

    private Medians coverageEach() {
        return Medians.of(of(Kind.Leak).stream()
                .map(o -> o.intervals().confirmed())
                .filter(p -> p.of() > 0)
                .map(p -> 1 - p.value())
                .toList());
    }

    private List<Double> widths() {
        return of(Kind.Leak).stream()
                .map(o -> o.intervals().latestToEarliestAtHalf())
                .filter(Objects::nonNull)
                .toList();
    }

    /** All figures, each with its goal. */
    List<Figure> figures() {
        return List.of(
                new Figure(
                        "precision (false alarm at any time)",
                        "1.0",
                        precision().toString()),
                new Figure("… false alarm at the end", "", precisionAtEnd().toString()),
                new Figure(
                        "look-alikes and others with a false alarm",
                        "0",
                        falseAlarms().toString()),
                new Figure("recall (told at the end)", "≥ 0.97", recall().toString()),
                new Figure("… told at any time", "", everFound().toString()),
                new Figure("verdict right, of found leaks", "", verdict().toString()),
                new Figure("verdict right, of what is no leak but wrong", "", others().toString()),
                new Figure("… at any time", "", othersReached().toString()),
                new Figure("right class first", "≥ 0.93", classAtEnd(1).toString()),
                new Figure("right class among three", "≥ 0.99", classAtEnd(3).toString()),
                new Figure("… first, when first told", "", classWhenTold(1).toString()),
                new Figure(
                        "… among three, when first told", "", classWhenTold(3).toString()),
                new Figure("told before 40 % of the headroom", "≥ 0.9", early().toString()),
                new Figure("headroom used when told", "", headroomUsed().toString()),
                new Figure("time to exhaustion used when told", "", timeUsed().toString()),
                new Figure("intervals that hold the truth", "≥ 0.90", coverage().toString()),
                new Figure(
                        "… printed while only suspected too", "", coverageAll().toString()),
                new Figure("… share that fails, each leak", "", coverageEach().toString()),
                new Figure(
                        "latest ÷ earliest at half of the headroom",
                        "≤ 4",
                        Medians.of(widths()).toString()),
                new Figure(
                        "… at most 4", "", Proportion.of(widths(), w -> w <= 4).toString()));
    }

    /** For a terminal. */
    List<String> lines() {
        return figures().stream()
                .map(f -> String.format("%-46s %-8s %s", f.name(), f.goal(), f.measured()))
                .toList();
    }
}
