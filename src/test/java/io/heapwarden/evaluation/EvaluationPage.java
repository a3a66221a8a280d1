package io.heapwarden.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@code docs/evaluation.md}: a function of the traces and the engine alone, so that anyone can make it again. */
final class EvaluationPage {

    private final Evaluation all;
    private final Scores reported;
    private final Scores tuned;
    private final StringBuilder page = new StringBuilder();

    EvaluationPage(Evaluation all) {
        this.all = all;
        reported = Scores.of(all.of(Part.Report).outcomes());
        tuned = Scores.of(all.of(Part.Tune).outcomes());
    }

    /** The whole page. */
    String text() {
        introduction();
        figures();
        rules();
        groups();
        faults();
        traces();
        scoring();
        return page.toString();
    }

    private void say(String... paragraphs) {
        for (String paragraph : paragraphs) {
            page.append(paragraph).append("\n\n");
        }
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void head(String... cells) {
        row(cells);
        page.append("|").append("---|".repeat(cells.length)).append('\n');
    }

    private void introduction() {
        page.append(
                """
                <!-- Written by `make evaluate`; do not edit. -->
                # Evaluation

                The engine is run over recorded traces of small programs, some of which leak and some of which only look as if they did, and what it says is
                compared with what is true. `make evaluate` writes this page again from the traces in `src/test/corpus/traces`; the same traces and the same engine give
                the same page.

                A program belongs to the part **to tune on** or to the part **reported** by the SHA-256 of its name alone (first byte even or odd), so nobody chooses. All
                recordings of a program are in the same part. The constants of the engine are tuned on the first part; while the
                engine was first written its author saw the lines of both.

                """);
        head("", "programs", "traces", "leaks", "look-alikes", "other trouble");
        size("reported", reported.outcomes());
        size("tuned on", tuned.outcomes());
        page.append('\n');
    }

    private void size(String name, List<Outcome> outcomes) {
        row(
                name,
                String.valueOf(outcomes.stream()
                        .map(o -> o.truth().program())
                        .distinct()
                        .count()),
                String.valueOf(outcomes.size()),
                count(outcomes, Kind.Leak),
                count(outcomes, Kind.LookAlike),
                count(outcomes, Kind.Other));
    }

    private static String count(List<Outcome> outcomes, Kind kind) {
        return String.valueOf(
                outcomes.stream().filter(o -> o.truth().kind() == kind).count());
    }

    private void figures() {
        say(
                "## Figures",
                "Brackets give the counts and Wilson's 95 % interval. Recordings of one program are not independent, so the true intervals are wider.");
        head("figure", "goal", "reported", "tuned on");
        List<Scores.Figure> onReported = reported.figures();
        List<Scores.Figure> onTuned = tuned.figures();
        for (int i = 0; i < onReported.size(); i++) {
            Scores.Figure figure = onReported.get(i);
            row(figure.name(), figure.goal(), figure.measured(), onTuned.get(i).measured());
        }
        page.append('\n');
    }

    private void rules() {
        say(
                "## Beside plain rules",
                "Rules that people alarm on, over the same traces (reported part). Each one is given twice: with its usual setting, and with the one of several that had the best"
                        + " F1 on the part to tune on. A leak counts as found when the rule alarmed at any time. The class is that named at the first alarm.");
        head(
                "rule",
                "setting",
                "precision",
                "recall",
                "false alarms",
                "told before 40 % of the headroom",
                "time used when told",
                "right class first");
        row(
                "**Heapwarden**",
                "as shipped",
                reported.precision().toString(),
                reported.recall().toString(),
                reported.falseAlarms().brief(),
                reported.early().brief(),
                reported.timeUsed().toString(),
                reported.classAtEnd(1).brief());
        for (BaselineScores rule : BaselineScores.best(all.of(Part.Tune), all.of(Part.Report))) {
            row(
                    rule.rule().name(),
                    rule.rule().setting() + " (" + rule.chosenAs() + ")",
                    rule.precision().toString(),
                    rule.recall().toString(),
                    rule.falseAlarms().brief(),
                    rule.early().brief(),
                    rule.timeUsed().toString(),
                    rule.named(1).brief());
        }
        page.append('\n');
    }

    private void groups() {
        say("## By JDK, collector and histograms", "Reported part; found or right of how many.");
        head(
                "",
                "traces",
                "recall",
                "false alarms",
                "verdict",
                "class first",
                "among three",
                "before 40 %",
                "intervals");
        groupBy("JDK ", o -> o.truth().jdk());
        groupBy("", o -> o.truth().collector());
        groupBy("histograms: ", Outcome::histograms);
        page.append('\n');
    }

    private void groupBy(String prefix, Function<Outcome, String> key) {
        TreeMap<String, List<Outcome>> groups =
                reported.outcomes().stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        groups.forEach((name, outcomes) -> {
            Scores scores = Scores.of(outcomes);
            row(
                    prefix + name,
                    String.valueOf(outcomes.size()),
                    scores.recall().brief(),
                    scores.falseAlarms().brief(),
                    scores.verdict().plus(scores.others()).brief(),
                    scores.classAtEnd(1).brief(),
                    scores.classAtEnd(3).brief(),
                    scores.early().brief(),
                    scores.coverage().brief());
        });
    }

    private void faults() {
        say(
                "## What is wrong, one by one",
                "Every trace of the reported part with a miss, a false alarm, a wrong verdict or a wrong class, with the engine's own reasons. What was only late, or whose"
                        + " intervals failed, is marked in the table below.");
        List<Outcome> wrong = reported.outcomes().stream()
                .filter(o -> o.gravity().needsReasons())
                .toList();
        wrong.forEach(this::fault);
        page.append(wrong.isEmpty() ? "None.\n\n" : "\n");
    }

    private void fault(Outcome outcome) {
        Truth truth = outcome.truth();
        page.append("- **")
                .append(truth.name())
                .append("** (")
                .append(name(truth.kind()))
                .append("): ")
                .append(String.join(", ", outcome.faults()).toLowerCase(Locale.ROOT))
                .append(". Right is ")
                .append(truth.verdicts().stream().map(Enum::name).collect(Collectors.joining(" or ")))
                .append(truth.culprits().isEmpty() ? "" : " of `" + String.join("` or `", truth.culprits()) + "`")
                .append(".\n");
        Detection first = outcome.first();
        if (first != null) {
            said("When first told", first);
        }
        said("At the end", outcome.end());
    }

    private void said(String when, Detection said) {
        page.append("  - ")
                .append(when)
                .append(": ")
                .append(said.state())
                .append(", ")
                .append(said.verdict())
                .append(said.culprits().isEmpty() ? "" : ", `" + String.join("`, `", said.culprits()) + "`")
                .append(". ")
                .append(String.join(" ", said.reasons()))
                .append('\n');
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case Leak -> "leak";
            case LookAlike -> "look-alike";
            case Other -> "other trouble";
        };
    }

    private void traces() {
        say(
                "## Every trace of the reported part",
                "Room and time are the shares of the headroom and of the time to exhaustion that were used when the leak was first told.");
        head("trace", "kind", "recorded on", "at the end", "verdict", "first class", "room", "time", "intervals", "");
        for (Outcome outcome : reported.outcomes()) {
            Truth truth = outcome.truth();
            Detection first = outcome.first();
            Detection end = outcome.end();
            row(
                    truth.name(),
                    name(truth.kind()),
                    String.join(" ", "JDK " + truth.jdk(), truth.collector(), outcome.histograms()),
                    end.state().toString(),
                    end.verdict().toString(),
                    end.culprits().isEmpty() ? "" : "`" + end.culprits().getFirst() + "`",
                    first == null ? "" : share(first.headroomUsed()),
                    first == null ? "" : share(first.timeUsed()),
                    outcome.intervals().confirmed().of() == 0
                            ? ""
                            : outcome.intervals().confirmed().brief(),
                    outcome.faults().isEmpty()
                            ? ""
                            : "**" + String.join(", ", outcome.faults()).toLowerCase(Locale.ROOT) + "**");
        }
        page.append('\n');
    }

    private static String share(@Nullable Double share) {
        return share == null ? "" : Medians.text(share);
    }

    private void scoring() {
        page.append(
                """
                ## How it is scored

                - A **leak is found** when its state is Leaking or Critical after the last sample. A **false alarm** is a look-alike, or other trouble, that was Leaking or
                  Critical at any time, or a leak that was before it began. Precision is found leaks ÷ (found leaks + false alarms).
                - A **class** is right when it is one of those the corpus names for the program; counted over found leaks that have such a class and at least one histogram
                  to see it in, as named at the end.
                - **Headroom**: growth of the leaking series' floor from the leak's beginning to 95 % of its limit. The floor at a moment is the lowest value from then on, so
                  it is told with knowledge of the whole recording. Where nothing limits the series, the share of the time stands in. A missed leak is not early.
                - **Time**: from the leak's beginning to the exhaustion that was recorded.
                - **Intervals**: each interval to exhaustion counts as often as `heapwarden replay` prints it while a leak is told (at a change of state, verdict or class, and
                  when an end has moved by more than a tenth), and holds the truth when the recorded exhaustion lies between its ends; one without a latest end holds everything
                  later. The ratio is that at the first sample at which half of the headroom is used
                  and the leak is told.
                """);
    }
}
