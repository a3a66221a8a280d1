package io.heapwarden.workload;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Assessment.SignalReading;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.workload.LifeSummary.Floors;
import io.heapwarden.workload.LifeSummary.Leak;
import io.heapwarden.workload.LifeSummary.Rising;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a life leaves behind. Floors are the minima of slots of a sixteenth of the age, but of no less than {@value #SLOT_INTERVALS}
 * sampling intervals, so that a value that counts garbage has a floor too. Not thread-safe.
 */
public final class LifeRecorder {

    private static final int SLOT_INTERVALS = 8;
    private static final int SLOTS_OF_AN_AGE = 16;

    private final String id;
    private final String revision;
    private final Life life;
    private final Map<Signal, FloorTrack> tracks = new EnumMap<>(Signal.class);
    private @Nullable Instant lastAt;
    private @Nullable Instant judgedSince;
    private @Nullable Instant slotFrom;
    private int age = -1;
    private State state = State.WarmingUp;
    private @Nullable Rising rising;
    private @Nullable Leak leak;

    /**
     * @param id tells the life from others of the workload
     * @param revision image digest or hash of the pod template
     * @param life its facts
     */
    public LifeRecorder(String id, String revision, Life life) {
        this.id = id;
        this.revision = revision;
        this.life = life;
    }

    /** Goes on from a checkpoint of the same life. */
    public static LifeRecorder restore(String id, String revision, Life life, LifeCheckpoint checkpoint) {
        LifeRecorder recorder = new LifeRecorder(id, revision, life);
        recorder.lastAt = checkpoint.lastAt();
        recorder.judgedSince = checkpoint.judgedSince();
        recorder.slotFrom = checkpoint.slotFrom();
        recorder.age = checkpoint.age();
        recorder.state = checkpoint.state();
        recorder.rising = checkpoint.rising();
        recorder.leak = checkpoint.leak();
        checkpoint.tracks().forEach((signal, track) -> recorder.tracks.put(signal, new FloorTrack(track)));
        return recorder;
    }

    /** Takes in what was made of a sample; one that is not later than the last is left out. */
    public void observe(Instant at, Assessment assessment) {
        Instant before = lastAt;
        if (before != null && !at.isAfter(before)) {
            return;
        }
        lastAt = at;
        state = assessment.state();
        noteGrowth(at, assessment);
        if (state == State.WarmingUp) {
            return;
        }
        Instant from = slotFrom == null ? at : slotFrom;
        slotFrom = from;
        judgedSince = judgedSince == null ? at : judgedSince;
        assessment.signals().forEach((signal, reading) -> tracks.computeIfAbsent(signal, any -> new FloorTrack())
                .see(reading.now(), reading.limit()));
        if (Duration.between(from, at).compareTo(slot(at)) >= 0) {
            tracks.values().forEach(track -> track.closeSlot(at));
            slotFrom = at;
            writeDownAge(at);
        }
    }

    /** The life so far. */
    public LifeSummary summary() {
        Instant at = lastAt == null ? life.startedAt() : lastAt;
        Map<Signal, Floors> floors = new EnumMap<>(Signal.class);
        tracks.forEach((signal, track) -> track.floors(at).ifPresent(known -> floors.put(signal, known)));
        return new LifeSummary(
                id, revision, life.startedAt(), at, life.interval(), Ending.Running, state, rising, leak, floors);
    }

    public LifeCheckpoint checkpoint() {
        Map<Signal, LifeCheckpoint.TrackState> states = new EnumMap<>(Signal.class);
        tracks.forEach((signal, track) -> states.put(signal, track.state()));
        return new LifeCheckpoint(lastAt, judgedSince, slotFrom, age, state, rising, leak, states);
    }

    private Duration slot(Instant at) {
        Duration least = life.interval().multipliedBy(SLOT_INTERVALS);
        Duration part = Duration.between(life.startedAt(), at).dividedBy(SLOTS_OF_AN_AGE);
        return part.compareTo(least) > 0 ? part : least;
    }

    /** Growth since judging began says something of an age only if it was judged for half of it. */
    private void writeDownAge(Instant at) {
        int reached = Ages.reached(Duration.between(life.startedAt(), at));
        Instant since = judgedSince == null ? at : judgedSince;
        if (reached > age
                && Duration.between(life.startedAt(), since).multipliedBy(2).compareTo(Ages.of(reached)) <= 0) {
            tracks.values().forEach(track -> track.writeDown(reached));
        }
        age = Math.max(age, reached);
    }

    private void noteGrowth(Instant at, Assessment assessment) {
        String culprit = assessment.culprits().stream()
                .findFirst()
                .map(Culprit::className)
                .orElse(null);
        Signal signal = risingSignal(assessment);
        rising = signal == null ? null : new Rising(signal, culprit);
        Signal leaked = signalOf(assessment.verdict());
        if (state.confirmed() && leaked != null) {
            leak = confirmed(leaked, culprit, Duration.between(life.startedAt(), at));
        } else if (state == State.Healthy) {
            leak = null;
        }
    }

    /** The same leak keeps the age at which it was confirmed, and the class it was confirmed with when none is known any more. */
    private Leak confirmed(Signal signal, @Nullable String culprit, Duration now) {
        Leak known = leak;
        return known == null || known.signal() != signal
                ? new Leak(signal, culprit, now)
                : new Leak(signal, culprit == null ? known.culprit() : culprit, known.age());
    }

    private @Nullable Signal risingSignal(Assessment assessment) {
        if (state.confirmed()) {
            return signalOf(assessment.verdict());
        }
        if (state != State.Suspect) {
            return null;
        }
        Exhaustion exhaustion = assessment.exhaustion();
        return exhaustion != null ? exhaustion.signal() : fastest(assessment.signals());
    }

    private static @Nullable Signal fastest(Map<Signal, SignalReading> signals) {
        return signals.entrySet().stream()
                .filter(entry -> speed(entry.getValue()) > 0)
                .max(Comparator.comparingDouble(entry -> speed(entry.getValue())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Growth an hour as a share of the limit, or of what is there where nothing limits. */
    private static double speed(SignalReading reading) {
        Double growth = reading.growthPerHour();
        Double limit = reading.limit();
        return growth == null ? 0 : growth / Math.max(1, limit == null ? reading.now() : limit);
    }

    private static @Nullable Signal signalOf(Verdict verdict) {
        return switch (verdict) {
            case RetentionLeak -> Signal.HeapAfterGC;
            case ClassLoaderLeak -> Signal.Metaspace;
            case ThreadLeak -> Signal.Threads;
            case DirectBufferLeak -> Signal.DirectBuffers;
            case NativeGrowth -> Signal.ContainerAnon;
            case Undersized, Churn, PageCache, WarmingUp, Healthy, Unknown -> null;
        };
    }
}
