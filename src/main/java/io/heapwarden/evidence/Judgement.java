package io.heapwarden.evidence;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why evidence was taken. State, verdict and signal are spelled as in the API, but are text: a later version may know more of them.
 *
 * @param state where the container stood
 * @param verdict what kind of growth it was
 * @param confidence how likely the verdict is right, 0 to 1
 * @param reasons why, in words, the most important first
 * @param culprits classes that explain the growth, the most likely first
 * @param exhaustion when the limit would have been reached; null when nothing said so
 */
public record Judgement(
        String state,
        String verdict,
        double confidence,
        List<String> reasons,
        List<Culprit> culprits,
        @Nullable Exhaustion exhaustion) {

    public Judgement {
        Objects.requireNonNull(state, "the judgement has no state");
        Objects.requireNonNull(verdict, "the judgement has no verdict");
        reasons = Lists.copy(reasons);
        culprits = Lists.copy(culprits);
    }

    /**
     * A class that explains growth.
     *
     * @param className as in Java source
     * @param heldBy the container that holds it; null when not known
     * @param unitsPerHour instances gained an hour
     * @param bytesPerHour bytes gained an hour
     * @param explains share of the growth that it explains, 0 to 1
     */
    public record Culprit(
            String className, @Nullable String heldBy, double unitsPerHour, double bytesPerHour, double explains) {

        public Culprit {
            Objects.requireNonNull(className, "a culprit has no className");
        }
    }

    /**
     * When a limit would have been reached.
     *
     * @param signal whose limit it is
     * @param earliest not before
     * @param latest not after; null when the growth might also have ended before the limit
     */
    public record Exhaustion(String signal, Instant earliest, @Nullable Instant latest) {

        public Exhaustion {
            Objects.requireNonNull(signal, "the exhaustion has no signal");
            Objects.requireNonNull(earliest, "the exhaustion has no earliest time");
        }
    }

    /**
     * What is known of a container when evidence is taken for something else than its growth.
     *
     * @param reason why it is taken, in words
     */
    public static Judgement of(State state, Verdict verdict, double confidence, String reason) {
        return new Judgement(state.name(), verdict.name(), confidence, List.of(reason), List.of(), null);
    }

    /** What the detector said at a time. */
    public static Judgement of(Assessment assessment, Instant at) {
        io.heapwarden.growth.Exhaustion limit = assessment.exhaustion();
        return new Judgement(
                assessment.state().name(),
                assessment.verdict().name(),
                assessment.confidence(),
                assessment.reasons(),
                assessment.culprits().stream()
                        .map(each -> new Culprit(
                                each.className(),
                                each.heldBy(),
                                each.unitsPerHour(),
                                each.bytesPerHour(),
                                each.explains()))
                        .toList(),
                limit == null
                        ? null
                        : new Exhaustion(
                                limit.signal().name(),
                                at.plus(limit.earliest()),
                                limit.latest() == null ? null : at.plus(limit.latest())));
    }
}
