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
                .sorted(Comparator.<Outcome>comparingInt(OutcomeLines::rank)
                        .thenComparing(o -> o.truth().program())
                        .thenComparing(o -> o.truth().trace()))
                .toList();
    }

    /** Missed and false alarms before wrong names, these before what is late, that before what is right. */
    private static int rank(Outcome outcome) {
        String faults = String.join(" ", outcome.faults());
        if (faults.isEmpty()) {
            return 3;
        }
        boolean grave = faults.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
        return grave || outcome.falseAlarm() ? 0 : faults.contains("class") || faults.contains("verdict") ? 1 : 2;
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
            if (rank(outcome) <= 1) {
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
                switch (rank(outcome)) {
                    case 0 -> "XX";
                    case 1 -> "X";
                    case 2 -> "-";
                    default -> "ok";
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
