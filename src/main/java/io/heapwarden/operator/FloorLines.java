package io.heapwarden.operator;

import io.heapwarden.evidence.Floor;
import io.heapwarden.evidence.Judgement.Exhaustion;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Assessment.SignalReading;
import io.heapwarden.growth.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lows of the heap after collections and of the container's memory over a life, for the plot in its evidence: at most 64 points a line, each the low
 * of an ever longer stretch. Safe for use by many threads.
 */
final class FloorLines {

    private static final int MOST_POINTS = 64;

    private final Map<Signal, Line> lines = new EnumMap<>(Signal.class);

    /** Takes in what a sample showed. */
    synchronized void add(Instant at, Assessment assessment) {
        for (Signal signal : List.of(Signal.HeapAfterGC, Signal.ContainerAnon)) {
            SignalReading reading = assessment.signals().get(signal);
            if (reading != null && reading.now() >= 0) {
                lines.computeIfAbsent(signal, any -> new Line()).add(at, (long) reading.now());
            }
        }
    }

    /** The line of the signal that runs out, or else of the heap. */
    synchronized Floor floor(@Nullable Assessment assessment, @Nullable Exhaustion exhaustion) {
        Signal signal = exhaustion != null && exhaustion.signal().equals(Signal.ContainerAnon.name())
                ? Signal.ContainerAnon
                : Signal.HeapAfterGC;
        Line line = lines.get(signal);
        SignalReading reading = assessment == null ? null : assessment.signals().get(signal);
        Double limit = reading == null ? null : reading.limit();
        return new Floor(
                signal.name(),
                line == null ? List.of() : line.points(),
                limit == null ? null : limit.longValue(),
                exhaustion);
    }

    /** Stretches of samples, the length of which doubles when there are too many. */
    private static final class Line {
        private final List<Floor.Point> lows = new ArrayList<>();
        private int samplesEach = 1;
        private int samplesInLast;

        void add(Instant at, long bytes) {
            if (samplesInLast == 0 || samplesInLast >= samplesEach) {
                lows.add(new Floor.Point(at, bytes));
                samplesInLast = 1;
            } else {
                Floor.Point last = lows.removeLast();
                lows.add(last.bytes() <= bytes ? last : new Floor.Point(at, bytes));
                samplesInLast++;
            }
            if (lows.size() > MOST_POINTS) {
                halve();
            }
        }

        private void halve() {
            List<Floor.Point> halved = new ArrayList<>();
            for (int i = 0; i + 1 < lows.size(); i += 2) {
                Floor.Point one = lows.get(i);
                Floor.Point other = lows.get(i + 1);
                halved.add(one.bytes() <= other.bytes() ? one : other);
            }
            if (lows.size() % 2 == 1) {
                halved.add(lows.getLast());
            }
            lows.clear();
            lows.addAll(halved);
            samplesEach *= 2;
            samplesInLast = samplesEach;
        }

        List<Floor.Point> points() {
            return List.copyOf(lows);
        }
    }
}
