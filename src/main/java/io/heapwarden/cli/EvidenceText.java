package io.heapwarden.cli;

import io.heapwarden.evidence.Floor;
import io.heapwarden.evidence.HistogramDifference;
import io.heapwarden.evidence.HistogramDifference.Row;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Judgement.Culprit;
import io.heapwarden.evidence.Judgement.Exhaustion;
import io.heapwarden.evidence.Manifest;
import io.heapwarden.evidence.Manifest.Attachment;
import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.Manifest.Missing;
import io.heapwarden.evidence.Part;
import io.heapwarden.evidence.Printable;
import io.heapwarden.evidence.ReadBundle;
import io.heapwarden.evidence.Sparkline;
import io.heapwarden.evidence.Subject;
import io.heapwarden.growth.Figures;
import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.jvm.ThreadDump;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a bundle for a person: whose it is and why, what grew and what holds it, then what the JVM said, and what is missing. */
final class EvidenceText {

    private static final int SPARK_WIDTH = 60;
    private static final int LONGEST_CHAIN = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();
    private final AnswerTables tables;

    private final boolean blocks;

    /**
     * @param top rows of each table
     * @param charset of the terminal, which may know no blocks
     */
    EvidenceText(int top, Charset charset) {
        this.blocks = charset.newEncoder().canEncode(Sparkline.BLOCKS);
        this.tables = new AnswerTables(lines, top);
    }

    /** How an answer that was kept becomes a table. */
    private interface Parser<T> {
        T parse(byte[] text) throws MalformedOutputException;
    }

    List<String> of(ReadBundle bundle) {
        Manifest manifest = bundle.manifest();
        header(manifest, bundle.part(Part.FloorTable));
        chain(bundle.part(Part.Chain));
        growing(bundle.part(Part.HistogramDifference));
        answer("Threads", bundle.part(Part.Threads), ThreadDump::parse, tables::threads);
        answer("Class loaders", bundle.part(Part.ClassLoaders), ClassLoaderStatistics::parse, tables::loaders);
        answer("Native memory", bundle.part(Part.NativeMemory), NativeMemory::parse, tables::memory);
        list("Damaged", bundle.damage());
        list("Missing", manifest.missing().stream().map(EvidenceText::missing).toList());
        list(
                "Stored beside",
                manifest.attachments().stream().map(EvidenceText::attachment).toList());
        list(
                "Parts (--part NAME writes one)",
                manifest.parts().stream().map(EvidenceText::part).toList());
        // Names come from the pod and the bundle from a store: nothing in them may move a cursor.
        return lines.stream().map(Printable::text).toList();
    }

    private void header(Manifest manifest, byte @Nullable [] floor) {
        Subject subject = manifest.subject();
        Judgement judgement = manifest.judgement();
        lines.add(subject.namespace() + "/" + subject.pod() + ", container " + subject.container() + ": "
                + judgement.state()
                + (judgement.verdict().equals(judgement.state()) ? "" : ", " + judgement.verdict())
                + " (confidence " + Figures.percent(judgement.confidence()) + ")");
        field("taken", TIME.format(manifest.collectedAt()) + ", for policy " + manifest.policy());
        field(
                "of",
                subject.workload() == null
                        ? null
                        : subject.workload() + (subject.revision() == null ? "" : ", revision " + subject.revision()));
        field("image", subject.image());
        field("node", subject.node());
        field("uid", subject.uid());
        field("limit", exhaustion(judgement.exhaustion()));
        floor(floor);
        judgement.culprits().forEach(each -> field("culprit", culprit(each)));
        judgement.reasons().forEach(reason -> field("why", reason));
    }

    private void field(String label, @Nullable String value) {
        if (value != null) {
            lines.add(String.format(Locale.ROOT, "  %-8s %s", label, Printable.line(value)));
        }
    }

    private static @Nullable String exhaustion(@Nullable Exhaustion exhaustion) {
        if (exhaustion == null) {
            return null;
        }
        Instant latest = exhaustion.latest();
        return exhaustion.signal() + " reaches it "
                + (latest == null
                        ? "not before " + TIME.format(exhaustion.earliest()) + "; it may also stop before"
                        : "between " + TIME.format(exhaustion.earliest()) + " and " + TIME.format(latest));
    }

    private void floor(byte @Nullable [] tsv) {
        List<Floor.Point> points = tsv == null ? List.of() : Floor.parse(tsv);
        if (!points.isEmpty()) {
            Floor.Point first = points.getFirst();
            Floor.Point last = points.getLast();
            field("floor", Sparkline.of(points, SPARK_WIDTH, blocks ? Sparkline.BLOCKS : Sparkline.ASCII));
            field(
                    "",
                    Figures.bytes(first.bytes()) + " at " + TIME.format(first.at()) + ", " + Figures.bytes(last.bytes())
                            + " at " + TIME.format(last.at()));
        }
    }

    private static String culprit(Culprit culprit) {
        return culprit.className()
                + (culprit.heldBy() == null ? "" : ", held by " + culprit.heldBy())
                + String.format(Locale.ROOT, ": %,.0f instances and ", culprit.unitsPerHour())
                + Figures.bytes(culprit.bytesPerHour()) + " more an hour, explains "
                + Figures.percent(culprit.explains()) + " of the growth";
    }

    private void chain(byte @Nullable [] words) {
        if (words != null) {
            list("What holds it", text(words).lines().limit(LONGEST_CHAIN).toList());
        }
    }

    private void growing(byte @Nullable [] tsv) {
        if (tsv == null) {
            return;
        }
        List<Row> grown = HistogramDifference.parse(tsv).rows().stream()
                .filter(row -> row.bytesGained() > 0)
                .toList();
        lines.add("");
        lines.add(String.format(Locale.ROOT, "Classes that grew: %,d", grown.size()));
        tables.rows(
                "  INSTANCES         MORE      BYTES       MORE  CLASS",
                grown,
                row -> String.format(
                        Locale.ROOT,
                        "%,11d %+,12d %10s %10s  %s",
                        row.instancesAfter(),
                        row.instancesGained(),
                        Figures.bytes(row.bytesAfter()),
                        "+" + Figures.bytes(row.bytesGained()),
                        row.className()));
    }

    private <T> void answer(String title, byte @Nullable [] text, Parser<T> parser, Consumer<T> table) {
        if (text == null) {
            return;
        }
        lines.add("");
        try {
            table.accept(parser.parse(text));
        } catch (MalformedOutputException e) {
            lines.add(title + ": the answer is there but cannot be summed up: " + e.getMessage());
        }
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            items.forEach(item -> lines.add("  " + item));
        }
    }

    private static String missing(Missing missing) {
        return String.format(Locale.ROOT, "%-26s %s: %s", missing.name(), missing.reason(), missing.detail());
    }

    private static String attachment(Attachment attachment) {
        return attachment.name() + ", " + Figures.bytes(attachment.bytes()) + ", " + TIME.format(attachment.takenAt())
                + ": " + attachment.location();
    }

    private static String part(Entry entry) {
        Long whole = entry.cutFrom();
        return String.format(Locale.ROOT, "%-26s %10s", entry.name(), Figures.bytes(entry.bytes()))
                + (whole == null ? "" : ", cut from " + Figures.bytes(whole));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
