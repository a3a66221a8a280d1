package io.heapwarden.evidence;

import io.heapwarden.evidence.Manifest.Attachment;
import io.heapwarden.evidence.Manifest.Entry;
import io.heapwarden.evidence.Manifest.Missing;
import io.heapwarden.jvm.ClassHistogram;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the parts of a bundle. Each part ends up in it or is said to be missing and why; one that nothing was said of was not asked for. Text that a
 * JVM may have put secrets into goes through {@link SecretMask}. Not safe for use by several threads.
 */
public final class BundleBuilder {

    private static final String NOT_ASKED = "NotAsked";

    private final Subject subject;
    private final String policy;
    private final Instant collectedAt;
    private final Judgement judgement;
    private final Map<Part, Text> parts = new EnumMap<>(Part.class);
    private final Map<Part, Missing> missing = new EnumMap<>(Part.class);
    private final List<Missing> missingBeside = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    /** A part and when it was taken. */
    private record Text(Instant takenAt, CutText text) {}

    /**
     * Begins a bundle; the verdict in words is made from the judgement.
     *
     * @param policy namespace and name of the policy that asked for it
     */
    public BundleBuilder(Subject subject, String policy, Instant collectedAt, Judgement judgement) {
        this.subject = subject;
        this.policy = policy;
        this.collectedAt = collectedAt;
        this.judgement = judgement;
        put(Part.Verdict, collectedAt, VerdictText.of(subject, policy, collectedAt, judgement));
    }

    /** Both histograms and what lies between them. */
    public BundleBuilder histograms(Instant beforeAt, ClassHistogram before, Instant afterAt, ClassHistogram after) {
        histogramAfter(afterAt, after);
        put(Part.HistogramBefore, beforeAt, HistogramText.of(before));
        return put(
                Part.HistogramDifference,
                afterAt,
                HistogramDifference.between(before, after).toTsv());
    }

    /** The only histogram there is. */
    public BundleBuilder histogramAfter(Instant at, ClassHistogram after) {
        return put(Part.HistogramAfter, at, HistogramText.of(after));
    }

    /** The floor of what grows, as a picture and as figures. */
    public BundleBuilder floor(Floor floor) {
        put(Part.FloorTable, collectedAt, floor.toTsv());
        return put(Part.FloorPlot, collectedAt, FloorPlot.svg(floor));
    }

    /** The answer to {@code Thread.print}; names of threads may hold addresses with passwords. */
    public BundleBuilder threads(Instant at, String dump) {
        return put(Part.Threads, at, SecretMask.shapes(bounded(Part.Threads, dump)), length(dump));
    }

    /** The answer to {@code VM.classloader_stats}. */
    public BundleBuilder classLoaders(Instant at, String answer) {
        return put(Part.ClassLoaders, at, answer);
    }

    /** The answer to {@code VM.native_memory}. */
    public BundleBuilder nativeMemory(Instant at, String answer) {
        return put(Part.NativeMemory, at, answer);
    }

    /** Version, flags, command line and system properties as the JVM gave them; secrets are masked here. */
    public BundleBuilder jvm(Instant at, String answers) {
        return put(Part.Jvm, at, SecretMask.text(bounded(Part.Jvm, answers)), length(answers));
    }

    /** What holds the growing objects, in words. */
    public BundleBuilder chain(Instant at, String words) {
        return put(Part.Chain, at, SecretMask.shapes(bounded(Part.Chain, words)), length(words));
    }

    /**
     * Says that a part could not be had.
     *
     * @param reason one word, such as the name of a refusal
     * @param detail a sentence: why, and what to do to have it the next time
     */
    public BundleBuilder missing(Part part, String reason, String detail) {
        missing.put(part, new Missing(part.fileName(), reason, SecretMask.text(Printable.line(detail))));
        return this;
    }

    /**
     * Says that something beside the bundle could not be had.
     *
     * @param name what, in a word or two
     * @param reason one word, such as the name of a refusal
     * @param detail a sentence: why, and what to do to have it the next time
     */
    public BundleBuilder missing(String name, String reason, String detail) {
        missingBeside.add(new Missing(name, reason, SecretMask.text(Printable.line(detail))));
        return this;
    }

    /** Names what is stored beside the bundle. */
    public BundleBuilder attachment(Attachment attachment) {
        attachments.add(attachment);
        return this;
    }

    /** The bundle as it is now. */
    public Bundle build() {
        List<Entry> entries = new ArrayList<>();
        List<Missing> gone = new ArrayList<>();
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            Text text = parts.get(part);
            if (text == null) {
                gone.add(missing.getOrDefault(part, new Missing(part.fileName(), NOT_ASKED, "It was not asked for.")));
                continue;
            }
            byte[] content = text.text.bytes();
            entries.add(new Entry(
                    part.fileName(),
                    part.mediaType(),
                    content.length,
                    Digest.of(content),
                    text.takenAt,
                    text.text.cutFrom()));
            bytes.put(part.fileName(), content);
        }
        gone.addAll(missingBeside);
        return new Bundle(
                new Manifest(Manifest.SCHEMA, subject, policy, collectedAt, judgement, entries, gone, attachments),
                bytes);
    }

    private BundleBuilder put(Part part, Instant takenAt, String text) {
        return put(part, takenAt, text, length(text));
    }

    private BundleBuilder put(Part part, Instant takenAt, String text, long lengthBefore) {
        parts.put(part, new Text(takenAt, CutText.of(part, text, lengthBefore)));
        missing.remove(part);
        return this;
    }

    /** Not more than can be kept, so that masking a hostile answer costs no more than masking a long one. */
    private static String bounded(Part part, String text) {
        return text.length() <= part.limit() ? text : text.substring(0, part.limit());
    }

    private static long length(String text) {
        return text.length() < 1 << 28 ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
    }
}
