package io.heapwarden.local;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.CulpritReport;
import io.heapwarden.api.ContainerReport.ExhaustionReport;
import io.heapwarden.growth.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a report for people. Pure. */
public final class TextReport {

    private static final int LABEL_WIDTH = 12;

    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    /** The whole report, each line ended. */
    public static String of(RunReport run) {
        TextReport report = new TextReport();
        report.line(
                "heapwarden %s: policy %s (%s), sampled every %s for %s",
                run.command(),
                run.policy().plan().key().name(),
                run.policy().file(),
                RunReport.seconds(run.policy().plan().interval()),
                RunReport.seconds(run.took()));
        run.jvms().forEach(report::jvm);
        report.line("");
        report.result(run);
        return report.text.toString();
    }

    private void jvm(JvmStanding standing) {
        ContainerReport report = standing.report();
        line("");
        line("%s%s%s", standing.jvm(), about(report), standing.ended() ? ", ended" : "");
        if (report.leftAlone() != null) {
            fields("left alone", List.of(report.leftAlone().detail()));
            return;
        }
        field("state", report.state() + (report.confidence() == null ? "" : ", confidence " + report.confidence()));
        field("verdict", verdict(report.verdict()));
        fields("why", orEmpty(report.reasons()));
        fields(
                "culprits",
                orEmpty(report.culprits()).stream().map(TextReport::culprit).toList());
        field("exhaustion", exhaustion(report.exhaustion()));
        fields(
                "signals",
                orEmpty(report.signals()).stream().map(TextReport::signal).toList());
        fields(
                "objectives",
                standing.objectives().stream().map(TextReport::objective).toList());
        fields(
                "probes",
                orEmpty(report.lastRefusals()).stream()
                        .map(refusal -> refusal.probe() + " " + refusal.reason() + ": " + refusal.detail())
                        .distinct()
                        .toList());
    }

    private void result(RunReport run) {
        switch (run.outcome()) {
            case Fine -> line("Result: every objective is met.%s", suspects(run));
            case Broken ->
                line(
                        "Result: %d objective%s broken.%s",
                        run.brokenObjectives(),
                        run.brokenObjectives() == 1 ? " is" : "s are",
                        run.trouble() == null ? "" : " Besides, " + run.trouble() + ".");
            case NotJudged -> line("Result: could not judge: %s.", run.notJudged());
        }
    }

    private static String suspects(RunReport run) {
        return run.jvms().stream().anyMatch(jvm -> jvm.state().confirmed())
                ? " A leak is confirmed, but no objective of this policy forbids it."
                : "";
    }

    private static String about(ContainerReport report) {
        ContainerReport.Jvm jvm = report.jvm();
        return (jvm == null ? "" : ", Java " + jvm.version() + ", " + jvm.collector()) + ", " + report.samples()
                + " samples, " + report.histograms() + " class histograms";
    }

    private static @Nullable String verdict(@Nullable String name) {
        if (name == null || name.equals(Verdict.Healthy.name()) || name.equals(Verdict.WarmingUp.name())) {
            return name;
        }
        if (name.equals(Verdict.Unknown.name())) {
            return name;
        }
        return name
                + (Verdict.valueOf(name).restartHelps()
                        ? "; a restart gives the memory back until the cause is fixed"
                        : "; a restart does not help");
    }

    /** A culprit in one line. */
    static String culprit(CulpritReport culprit) {
        return "%s%s: +%s an hour, +%s/h, explains %s of the growth"
                .formatted(
                        culprit.className(),
                        culprit.heldBy() == null ? "" : " held by " + culprit.heldBy(),
                        culprit.unitsPerHour(),
                        culprit.bytesPerHour(),
                        culprit.explains());
    }

    /** When which limit is reached; null while nothing grows. */
    static @Nullable String exhaustion(@Nullable ExhaustionReport exhaustion) {
        if (exhaustion == null) {
            return null;
        }
        return exhaustion.signal() + " reaches its limit "
                + (exhaustion.latest() == null
                        ? "no sooner than in " + exhaustion.earliest()
                        : "in " + exhaustion.earliest() + " to " + exhaustion.latest());
    }

    private static String signal(ContainerReport.SignalReport signal) {
        return signal.signal() + " " + signal.now()
                + (signal.limit() == null ? "" : " of " + signal.limit())
                + (signal.growthPerHour() == null ? "" : ", " + StatusTable.signed(signal.growthPerHour()) + "/h");
    }

    private static String objective(ObjectiveStanding objective) {
        return "%-9s %s: %s; %s"
                .formatted(
                        objective.result() == ObjectiveStanding.Result.NotJudged
                                ? "unknown"
                                : objective.result().name().toUpperCase(Locale.ROOT),
                        objective.name(),
                        objective.demand(),
                        objective.inWords());
    }

    private void field(String label, @Nullable String value) {
        if (value != null) {
            fields(label, List.of(value));
        }
    }

    private void fields(String label, List<String> values) {
        List<String> labels = new ArrayList<>(List.of(label));
        for (String value : values) {
            line("  %-" + LABEL_WIDTH + "s%s", labels.isEmpty() ? "" : labels.removeFirst(), value);
        }
    }

    private void line(String format, @Nullable Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
