package io.heapwarden.cli;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Figures;
import io.heapwarden.growth.State;
import io.heapwarden.trace.Replay;
import io.heapwarden.trace.Replay.Change;
import io.heapwarden.trace.Runway;
import io.heapwarden.trace.TraceHeader;
import io.heapwarden.trace.TraceHeader.Subject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A replay as a person wants it at three in the morning: what, how bad, what to do, and only then why. */
final class ReplayText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private String before = "";

    private ReplayText(PrintWriter out) {
        this.out = out;
    }

    static void print(String trace, Replay replay, PrintWriter out) {
        new ReplayText(out).print(trace, replay);
    }

    private void print(String trace, Replay replay) {
        Assessment end = replay.end();
        if (end == null) {
            out.println(trace + ": no sample, nothing to judge");
            out.println();
            return;
        }
        out.println(trace + ": " + headline(end));
        line("what", subject(replay.header()));
        line("seen", seen(replay));
        Exhaustion exhaustion = Runway.rounded(end.exhaustion());
        if (exhaustion != null) {
            line("limit", limit(exhaustion));
        }
        for (Culprit culprit : end.culprits()) {
            line("culprit", culprit(culprit));
        }
        if (end.state().confirmed()) {
            line(
                    "restart",
                    end.verdict().restartHelps() ? "helps for a while, until the cause is fixed" : "does not help");
        }
        end.reasons().forEach(reason -> line("why", reason));
        Change last = null;
        for (Change change : replay.history()) {
            if (last == null || !sameBarExhaustion(last, change)) {
                line("when", when(change));
            }
            last = change;
        }
        out.println();
    }

    private void line(String label, String text) {
        out.println(String.format(Locale.ROOT, "  %-8s %s", label.equals(before) ? "" : label, text));
        before = label;
    }

    private static String headline(Assessment end) {
        String verdict = end.verdict().name().equals(end.state().name()) ? "" : ", " + end.verdict();
        return end.state()
                + verdict
                + (end.state() == State.WarmingUp ? "" : " (confidence " + Figures.percent(end.confidence()) + ")");
    }

    private static String subject(TraceHeader header) {
        Subject subject = header.subject();
        List<String> parts = new ArrayList<>();
        add(parts, "", subject.workload());
        add(parts, "revision ", subject.revision());
        add(
                parts,
                "pod ",
                subject.pod() == null || subject.namespace() == null
                        ? subject.pod()
                        : subject.namespace() + "/" + subject.pod());
        add(parts, "container ", subject.container());
        add(parts, "Java ", header.javaVersion());
        add(parts, "", header.life().collector());
        add(parts, "max heap ", size(header.life().maxHeap()));
        add(parts, "container limit ", size(header.life().containerLimit()));
        return parts.isEmpty() ? "the trace does not say" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String label, @Nullable Object value) {
        if (value != null) {
            parts.add(label + value);
        }
    }

    private static @Nullable String size(@Nullable Long bytes) {
        return bytes == null ? null : Figures.bytes(bytes);
    }

    private static String seen(Replay replay) {
        Instant first = replay.firstAt();
        Instant last = replay.lastAt();
        String samples = String.format(Locale.ROOT, "%,d samples", replay.samples());
        return first == null || last == null
                ? samples
                : samples + " from " + TIME.format(first) + " to " + TIME.format(last) + " UTC, "
                        + Figures.duration(Duration.between(first, last))
                        + (replay.badLines() == 0 ? "" : "; " + replay.badLines() + " lines cannot be used");
    }

    private static String limit(Exhaustion exhaustion) {
        Duration latest = exhaustion.latest();
        return Figures.name(exhaustion.signal()) + " reaches it in " + Figures.duration(exhaustion.earliest())
                + (latest == null ? " at the earliest; it may also stop before" : " to " + Figures.duration(latest))
                + ", counted from the end of the trace";
    }

    private static String culprit(Culprit culprit) {
        return culprit.className()
                + (culprit.heldBy() == null ? "" : ", held by " + culprit.heldBy())
                + String.format(Locale.ROOT, ": %,.0f instances and ", culprit.unitsPerHour())
                + Figures.bytes(culprit.bytesPerHour()) + " more an hour, explains "
                + Figures.percent(culprit.explains()) + " of the growth";
    }

    private static boolean sameBarExhaustion(Change a, Change b) {
        return a.state() == b.state() && a.verdict() == b.verdict() && Objects.equals(a.culprit(), b.culprit());
    }

    private static String when(Change change) {
        Exhaustion exhaustion = change.exhaustion();
        Duration latest = exhaustion == null ? null : exhaustion.latest();
        return TIME.format(change.at()) + "  " + change.state()
                + (change.verdict().name().equals(change.state().name()) ? "" : ", " + change.verdict())
                + (change.culprit() == null ? "" : ", " + change.culprit())
                + (exhaustion == null
                        ? ""
                        : ", limit in " + Figures.duration(exhaustion.earliest())
                                + (latest == null ? " or later" : " to " + Figures.duration(latest)));
    }
}
