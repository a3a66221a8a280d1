package io.heapwarden.evidence;

import io.heapwarden.evidence.Judgement.Culprit;
import io.heapwarden.evidence.Judgement.Exhaustion;
import io.heapwarden.growth.Figures;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The verdict as Markdown, for whoever opens the bundle without this program. */
final class VerdictText {

    private final StringBuilder text = new StringBuilder();

    private VerdictText() {}

    static String of(Subject subject, String policy, Instant at, Judgement judgement) {
        VerdictText verdict = new VerdictText();
        verdict.line("# " + judgement.state() + ": " + judgement.verdict());
        verdict.line("");
        verdict.fact("Pod", subject.namespace() + "/" + subject.pod() + " (uid " + subject.uid() + ")");
        verdict.fact("Container", subject.container());
        verdict.fact("Image", subject.image());
        verdict.fact("Workload", subject.workload());
        verdict.fact("Revision", subject.revision());
        verdict.fact("Node", subject.node());
        verdict.fact("Policy", policy);
        verdict.fact("Taken", at.toString());
        verdict.fact("Confidence", Figures.percent(judgement.confidence()));
        verdict.fact("Limit reached", exhaustion(judgement.exhaustion()));
        verdict.line("");
        verdict.line("## Why");
        verdict.line("");
        judgement.reasons().forEach(reason -> verdict.line("- " + escape(reason)));
        if (!judgement.culprits().isEmpty()) {
            verdict.line("");
            verdict.line("## What grows");
            verdict.line("");
            judgement.culprits().forEach(culprit -> verdict.line("- " + escape(culprit(culprit))));
        }
        return verdict.text.toString();
    }

    static String culprit(Culprit culprit) {
        return culprit.className()
                + (culprit.heldBy() == null ? "" : ", held by " + culprit.heldBy())
                + String.format(Locale.ROOT, ": %,.0f instances and ", culprit.unitsPerHour())
                + Figures.bytes(culprit.bytesPerHour()) + " more an hour, explains "
                + Figures.percent(culprit.explains()) + " of the growth";
    }

    static @Nullable String exhaustion(@Nullable Exhaustion exhaustion) {
        if (exhaustion == null) {
            return null;
        }
        return exhaustion.signal() + ", "
                + (exhaustion.latest() == null
                        ? "not before " + exhaustion.earliest() + "; the growth may also stop before"
                        : "between " + exhaustion.earliest() + " and " + exhaustion.latest());
    }

    private void fact(String label, @Nullable String value) {
        if (value != null) {
            line("- " + label + ": " + escape(value));
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Class names and image names come from the pod: they stay text and do not become links, images or HTML. */
    private static String escape(String foreign) {
        return Printable.line(foreign).replaceAll("([\\\\`*_\\[\\]<>!|])", "\\\\$1");
    }
}
