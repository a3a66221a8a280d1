package io.heapwarden.trace;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.trace.TraceLine.Bad;
import io.heapwarden.trace.TraceLine.Taken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the detector said of a trace, in the trace's own time.
 *
 * @param header whose life it was
 * @param assumptions what the header left open and was assumed
 * @param samples how many samples there were
 * @param firstAt time of the first sample; null when there is none
 * @param lastAt time of the last one in the file
 * @param end what was known at the end; null when there is no sample
 * @param suspectAt when growth was first looked at more closely, or told at once; null when never
 * @param leakingAt when a leak was first confirmed; null when never
 * @param history what was newly said, and when
 * @param badLines how many lines could not be used
 * @param firstBad the first of them, at most {@value #BAD_LINES_KEPT}
 */
public record Replay(
        TraceHeader header,
        List<String> assumptions,
        long samples,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        @Nullable Assessment end,
        @Nullable Instant suspectAt,
        @Nullable Instant leakingAt,
        List<Change> history,
        long badLines,
        List<Bad> firstBad) {

    /** Most bad lines that are kept; all are counted. */
    public static final int BAD_LINES_KEPT = 20;

    public Replay {
        assumptions = List.copyOf(assumptions);
        history = List.copyOf(history);
        firstBad = List.copyOf(firstBad);
    }

    /**
     * Something newly said: another state, verdict or first culprit, or an exhaustion of which a bound has moved by more than a tenth.
     *
     * @param culprit class that explains the growth best; null while none is known
     * @param exhaustion as {@link Runway} rounds it
     */
    public record Change(
            Instant at, State state, Verdict verdict, @Nullable String culprit, @Nullable Exhaustion exhaustion) {}

    /** Looks on while a trace is replayed. */
    public interface Onlooker {
        /** A sample and what was known after it; the detector may be asked for more. */
        void saw(Sample sample, Assessment assessment, RisingFloorDetector detector);
    }

    /**
     * Runs a new detector over what is left of a trace.
     *
     * @throws IOException when the file cannot be read to its end
     */
    public static Replay of(TraceReader trace) throws IOException {
        return of(trace, (sample, assessment, detector) -> {});
    }

    /**
     * The same, watched.
     *
     * @throws IOException when the file cannot be read to its end
     */
    public static Replay of(TraceReader trace, Onlooker onlooker) throws IOException {
        Recorder recorder = new Recorder(trace);
        RisingFloorDetector detector = new RisingFloorDetector(trace.header().life());
        for (TraceLine line = trace.next(); line != null; line = trace.next()) {
            switch (line) {
                case Bad bad -> recorder.bad(bad);
                case Taken(long number, Sample sample) -> {
                    Assessment assessment = detector.observe(sample);
                    recorder.saw(sample, assessment);
                    onlooker.saw(sample, assessment, detector);
                }
            }
        }
        return recorder.replay();
    }

    /** Collects what becomes of one replay. */
    private static final class Recorder {

        private final TraceReader trace;
        private final List<Change> history = new ArrayList<>();
        private final List<Bad> bad = new ArrayList<>();
        private long samples;
        private long badLines;
        private @Nullable Instant firstAt;
        private @Nullable Instant lastAt;
        private @Nullable Assessment end;
        private @Nullable Instant suspectAt;
        private @Nullable Instant leakingAt;

        Recorder(TraceReader trace) {
            this.trace = trace;
        }

        void bad(Bad line) {
            badLines++;
            if (bad.size() < BAD_LINES_KEPT) {
                bad.add(line);
            }
        }

        void saw(Sample sample, Assessment assessment) {
            Instant at = sample.at();
            samples++;
            firstAt = firstAt == null ? at : firstAt;
            lastAt = at;
            end = assessment;
            State state = assessment.state();
            if (suspectAt == null && (state == State.Suspect || state.confirmed())) {
                suspectAt = at;
            }
            if (leakingAt == null && state.confirmed()) {
                leakingAt = at;
            }
            Change last = history.isEmpty() ? null : history.getLast();
            if (last == null || isNews(last, assessment)) {
                history.add(change(at, assessment));
            }
        }

        private static boolean isNews(Change last, Assessment assessment) {
            return assessment.state() != last.state()
                    || assessment.verdict() != last.verdict()
                    || !Objects.equals(culprit(assessment), last.culprit())
                    || Runway.moved(last.exhaustion(), assessment.exhaustion());
        }

        private static Change change(Instant at, Assessment assessment) {
            return new Change(
                    at,
                    assessment.state(),
                    assessment.verdict(),
                    culprit(assessment),
                    Runway.rounded(assessment.exhaustion()));
        }

        private static @Nullable String culprit(Assessment assessment) {
            return assessment.culprits().isEmpty()
                    ? null
                    : assessment.culprits().getFirst().className();
        }

        Replay replay() {
            return new Replay(
                    trace.header(),
                    trace.assumptions(),
                    samples,
                    firstAt,
                    lastAt,
                    end,
                    suspectAt,
                    leakingAt,
                    history,
                    badLines,
                    bad);
        }
    }
}
