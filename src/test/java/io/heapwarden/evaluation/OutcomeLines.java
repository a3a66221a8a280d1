package io.heapwarden.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** For who tunes: one line a trace, the wrong ones first, with what the engine gave as its reasons. */
final class OutcomeLines {

    private static final String FORMAT = "%-3s %-9s %-34s %-18s %-9s %-16s %-36s %5s %5s %9s %s";

    private final List<Outcome> outcomes;

    OutcomeLines(List<Outcome> outcomes) {
        this.outcomes = outcomes.stream()
                .sorted(Comparator.comparing(Outcome::gravity)
                        .thenComparing(o -> o.truth().program())
                        .thenComparing(o -> o.truth().trace()))
                .toList();
    }

    void forEach(Consumer<String> line) {
        line.accept(String.format(
                FORMAT,
                "",
                "kind",
                "trace",
                "recorded on",
                "end",
                "verdict",
                "first class",
                "room",
                "time",
                "intervals",
                ""));
        for (Outcome outcome : outcomes) {
            line.accept(line(outcome));
            if (outcome.gravity().needsReasons()) {
                explain(outcome, line);
            }
        }
    }

    private static String line(Outcome outcome) {
        Truth truth = outcome.truth();
        Detection first = outcome.first();
        Detection end = outcome.end();
        List<String> faults = outcome.faults();
        return String.format(
                FORMAT,
                switch (outcome.gravity()) {
                    case Grave -> "XX";
                    case Wrong -> "X";
                    case Slight -> "-";
                    case None -> "ok";
                },
                truth.kind().toString().toLowerCase(Locale.ROOT),
                truth.name(),
                String.join(" ", truth.jdk(), truth.collector(), outcome.histograms()),
                end.state(),
                end.verdict(),
                end.culprits().isEmpty() ? "-" : end.culprits().getFirst(),
                first == null ? "-" : share(first.headroomUsed()),
                first == null ? "-" : share(first.timeUsed()),
                outcome.intervals().confirmed().brief(),
                String.join(", ", faults));
    }

    private static String share(@Nullable Double share) {
        return share == null ? "?" : Medians.text(share);
    }

    private static void explain(Outcome outcome, Consumer<String> line) {
        Truth truth = outcome.truth();
        List<String> wanted = new ArrayList<>();
        wanted.add(truth.verdicts().toString());
        if (!truth.culprits().isEmpty()) {
            wanted.add("class " + String.join(" or ", truth.culprits()));
        }
        line.accept("       " + "right is " + String.join(", ", wanted));
        Detection first = outcome.first();
        if (first != null) {
            line.accept("       first " + first.state() + " at " + first.at() + " as " + first.verdict() + " "
                    + first.culprits() + ": " + String.join(" / ", first.reasons()));
        }
        Detection end = outcome.end();
        line.accept("       at the end " + end.at() + " " + end.culprits() + ": " + String.join(" / ", end.reasons()));
    }
}
