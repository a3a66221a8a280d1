package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a JVM may be asked for chains, decided before anything is done to it.
 *
 * <p>The JVM searches from its roots to the samples in one pause, breadth first and, once its queue of edges is full, depth first, until its
 * cut-off: openjdk/jdk, src/hotspot/share/jfr/leakprofiler/chains/pathToGcRootsOperation.cpp. It looks at the clock once in a million edges, so
 * a pause is longer than the cut-off. The queue takes a twentieth of the largest heap but at least 32 MiB, 16 bytes an edge; marks take one bit
 * for each 8 bytes of heap. docs/reference-chains.md has the measurements.
 */
public sealed interface ChainForecast {

    /** The longest search asked for: what has no chain after so long is not worth a longer pause. */
    Duration LONGEST_CUTOFF = Duration.ofMillis(500);

    /** The shortest that finds anything in an ordinary heap. */
    Duration SHORTEST_CUTOFF = Duration.ofMillis(100);

    /** How much longer than its cut-off a search stops the application: 0 to 293 ms measured. */
    Duration OVERSHOOT = Duration.ofMillis(400);

    /** Least memory that must be free: 80 to 97 MB measured for the search. */
    long LEAST_HEADROOM = 100L << 20;

    /**
     * It may be done.
     *
     * @param cutoff how long the search may go on: {@link ChainCollector#start} takes it
     * @param predictedPause the longest it stops the application, once
     * @param predictedMemory bytes that the process may grow by, beside its heap
     */
    record Allowed(Duration cutoff, Duration predictedPause, long predictedMemory) implements ChainForecast {}

    /** It may not. */
    record Refused(ChainRefusal reason, String sentence) implements ChainForecast {}

    /** Decides, by the first reason against it. */
    static ChainForecast of(ChainQuestion question) {
        Refused unfit = unfit(question);
        if (unfit != null) {
            return unfit;
        }
        Duration longest = longestPause(question);
        Duration cutoff = longest.minus(OVERSHOOT);
        cutoff = cutoff.compareTo(LONGEST_CUTOFF) > 0 ? LONGEST_CUTOFF : cutoff;
        if (cutoff.compareTo(SHORTEST_CUTOFF) < 0) {
            return pauseTooLong(question, longest);
        }
        long memory = ChainMemory.predicted(question, cutoff);
        Long free = question.memoryFree();
        return free != null && free < memory
                ? notEnoughHeadroom(free, memory)
                : new Allowed(cutoff, cutoff.plus(OVERSHOOT), memory);
    }

    private static @Nullable Refused unfit(ChainQuestion question) {
        String collector = ChainReservations.ofCollector(question.collector());
        if (collector != null) {
            return new Refused(ChainRefusal.CollectorNotSupported, collector);
        }
        String version = ChainReservations.ofVersion(question.featureVersion());
        if (version != null) {
            return new Refused(ChainRefusal.VersionNotSupported, version);
        }
        String stack = ChainReservations.ofStack(question.vmThreadStack());
        if (stack != null) {
            return new Refused(ChainRefusal.StackTooSmall, stack);
        }
        return ofRecorder(question.recorder());
    }

    private static @Nullable Refused ofRecorder(FlightRecorder recorder) {
        return switch (recorder) {
            case Idle, Ours, Unknown -> null;
            case Absent ->
                new Refused(
                        ChainRefusal.NoFlightRecorder,
                        "the JVM has no flight recorder. Add the module jdk.jfr to its runtime image, and take -XX:-FlightRecorder away");
            case Others ->
                new Refused(
                        ChainRefusal.OtherRecording,
                        "somebody else records in this JVM, and ending a recording of ours would cut theirs. It is asked again when that recording is over");
        };
    }

    private static Duration longestPause(ChainQuestion question) {
        Duration probe = question.tightestProbe();
        // A probe that is answered at its very time-out has failed.
        return probe == null || probe.compareTo(question.maxPause()) > 0 ? question.maxPause() : probe.minusMillis(1);
    }

    private static Refused pauseTooLong(ChainQuestion question, Duration longest) {
        boolean byProbe = longest.compareTo(question.maxPause()) < 0;
        return new Refused(
                ChainRefusal.PauseTooLong,
                "the shortest search could stop the application for %d ms, and %s"
                        .formatted(
                                SHORTEST_CUTOFF.plus(OVERSHOOT).toMillis(),
                                byProbe
                                        ? "the container's tightest liveness or readiness probe has a time-out of %d ms. Raise that time-out"
                                                .formatted(longest.toMillis() + 1)
                                        : "at most %d ms are allowed. Raise maxPause"
                                                .formatted(question.maxPause().toMillis())));
    }

    private static Refused notEnoughHeadroom(long free, long needed) {
        int mebibyteBits = 20;
        return new Refused(
                ChainRefusal.NotEnoughHeadroom,
                "%d MiB are free under the container's memory limit and the search may need %d. Raise the limit by %d MiB"
                        .formatted(free >> mebibyteBits, needed >> mebibyteBits, (needed - free >> mebibyteBits) + 1));
    }
}
