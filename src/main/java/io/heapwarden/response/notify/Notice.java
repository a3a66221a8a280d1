package io.heapwarden.response.notify;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be told. Class names come from a pod, so texts are cut and cleaned here, once for all receivers. It never holds values that were
 * found in a JVM, only names and figures.
 *
 * @param kind what happened
 * @param severity how much it matters
 * @param subject what it is about
 * @param state where the container stands
 * @param verdict what kind of growth it is
 * @param culprit class that explains it, cut at 300 characters
 * @param exhaustion when a limit is reached
 * @param discriminator what makes it another incident than the same kind on the same subject: rule of a finding, reason of a refusal, name of an
 *     objective; cut at 200 characters
 * @param sentence what happened, for a person, cut at 1,000 characters
 * @param links where to read on
 * @param startsAt since when it is so, or when it happened; the same whenever the same is told again
 * @param endsAt when it was over; null while it stands
 */
public record Notice(
        NoticeKind kind,
        Severity severity,
        Subject subject,
        @Nullable State state,
        @Nullable Verdict verdict,
        @Nullable String culprit,
        @Nullable ExhaustionWindow exhaustion,
        @Nullable String discriminator,
        String sentence,
        Links links,
        Instant startsAt,
        @Nullable Instant endsAt) {

    private static final int LONGEST_SENTENCE = 1000;
    private static final int LONGEST_CULPRIT = 300;
    private static final int LONGEST_DISCRIMINATOR = 200;
    private static final int IDENTITY_BYTES = 16;

    public Notice {
        culprit = PlainText.orNull(culprit, LONGEST_CULPRIT);
        discriminator = PlainText.orNull(discriminator, LONGEST_DISCRIMINATOR);
        sentence = PlainText.of(sentence, LONGEST_SENTENCE);
    }

    /** A notice with what every one has, of its kind's own severity. The others are added with the {@code with} methods. */
    public static Notice of(NoticeKind kind, Subject subject, String sentence, Instant startsAt) {
        return new Notice(
                kind, kind.severity(), subject, null, null, null, null, null, sentence, Links.NONE, startsAt, null);
    }

    /** With what the detector knows. */
    public Notice withJudgement(
            @Nullable State judged,
            @Nullable Verdict found,
            @Nullable String explainedBy,
            @Nullable ExhaustionWindow reached) {
        return new Notice(
                kind,
                severity,
                subject,
                judged,
                found,
                explainedBy,
                reached,
                discriminator,
                sentence,
                links,
                startsAt,
                endsAt);
    }

    /** With another severity than its kind's. */
    public Notice withSeverity(Severity other) {
        return new Notice(
                kind,
                other,
                subject,
                state,
                verdict,
                culprit,
                exhaustion,
                discriminator,
                sentence,
                links,
                startsAt,
                endsAt);
    }

    /** With what tells it from the same kind on the same subject. */
    public Notice withDiscriminator(String other) {
        return new Notice(
                kind, severity, subject, state, verdict, culprit, exhaustion, other, sentence, links, startsAt, endsAt);
    }

    /** With links. */
    public Notice withLinks(Links others) {
        return new Notice(
                kind,
                severity,
                subject,
                state,
                verdict,
                culprit,
                exhaustion,
                discriminator,
                sentence,
                others,
                startsAt,
                endsAt);
    }

    /** With its end. */
    public Notice withEnd(Instant end) {
        return new Notice(
                kind,
                severity,
                subject,
                state,
                verdict,
                culprit,
                exhaustion,
                discriminator,
                sentence,
                links,
                startsAt,
                end);
    }

    /**
     * Which incident it belongs to: the same for the leak, its becoming critical and its end, and after a restart of the operator. 32 hexadecimal
     * digits.
     */
    public String incident() {
        return digest(kind.topic().name());
    }

    /**
     * What it is, for telling repetitions: the same when the same is told again, whatever its sentence says by then, and after a restart of the
     * operator. 32 hexadecimal digits.
     */
    public String fingerprint() {
        return switch (kind.phase()) {
            case Begins, Repeats -> digest(kind.name());
            case Ends, Once -> digest(kind.name() + "\0" + startsAt);
        };
    }

    private String digest(String first) {
        String said = String.join(
                "\0",
                first,
                Objects.toString(subject.namespace(), ""),
                Objects.toString(subject.pod(), ""),
                Objects.toString(subject.container(), ""),
                Objects.toString(subject.pod() == null ? subject.workload() : null, ""),
                Objects.toString(subject.policy(), ""),
                Objects.toString(discriminator, ""));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, IDENTITY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
