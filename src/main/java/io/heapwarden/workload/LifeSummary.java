package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a life leaves behind, or has shown so far.
 *
 * @param life tells it from other lives of the workload
 * @param revision image digest or hash of the pod template it was made from
 * @param startedAt when its JVM started
 * @param lastAt when it was last sampled
 * @param interval time between two samples
 * @param ending how it ended
 * @param state where it stood at the last sample
 * @param rising what rises, while it is suspect or a leak is confirmed; null otherwise
 * @param leak the leak that was confirmed and not taken back; null when there is none
 * @param signals how high the floor of each signal stood
 */
public record LifeSummary(
        String life,
        String revision,
        Instant startedAt,
        Instant lastAt,
        Duration interval,
        Ending ending,
        State state,
        @Nullable Rising rising,
        @Nullable Leak leak,
        Map<Signal, Floors> signals) {

    /** A floor has been held for long when it stood for so many sampling intervals … */
    static final int HELD_INTERVALS = 100;

    /** … and for this share of the life. */
    static final double HELD_SHARE = 0.5;

    public LifeSummary {
        Objects.requireNonNull(life, "life");
        Objects.requireNonNull(revision, "revision");
        signals = Map.copyOf(signals);
    }

    /** Age at the last sample. */
    public Duration age() {
        return Duration.between(startedAt, lastAt);
    }

    /** The same life when it is over. */
    public LifeSummary ended(Ending how) {
        return new LifeSummary(life, revision, startedAt, lastAt, interval, how, state, rising, leak, signals);
    }

    /**
     * Floors that were held in good health: of a life that is or was healthy to its end, of signals that have long stood still. What was killed
     * early, ran out of memory, leaks or is suspected says nothing of how high a floor may stand.
     */
    Map<Signal, Double> heldInGoodHealth() {
        if (state != State.Healthy || leak != null || ending == Ending.OutOfMemory || ending == Ending.Crashed) {
            return Map.of();
        }
        Map<Signal, Double> held = new EnumMap<>(Signal.class);
        signals.forEach((signal, floors) -> {
            if (longEnough(floors.calm())) {
                held.put(signal, floors.highest());
            }
        });
        return held;
    }

    /** Whether it rises in the same class as another life, or in the same signal where no class is known of one of them. */
    boolean risesLike(Rising other) {
        Rising own = rising;
        if (own == null) {
            return false;
        }
        return own.culprit() == null || other.culprit() == null
                ? own.signal() == other.signal()
                : own.culprit().equals(other.culprit());
    }

    /** What ran out, as far as it is known: a confirmed leak, or what was rising when the memory ended. */
    List<Leak> leaks() {
        List<Leak> leaks = new ArrayList<>();
        if (leak != null) {
            leaks.add(leak);
        } else if (ending == Ending.OutOfMemory && rising != null) {
            leaks.add(new Leak(rising.signal(), rising.culprit(), age()));
        }
        return leaks;
    }

    private boolean longEnough(Duration calm) {
        return calm.compareTo(interval.multipliedBy(HELD_INTERVALS)) >= 0
                && calm.toMillis() >= HELD_SHARE * age().toMillis();
    }

    /**
     * What rises.
     *
     * @param signal which series
     * @param culprit the class that explains it; null while none is known
     */
    public record Rising(Signal signal, @Nullable String culprit) {}

    /**
     * A confirmed leak.
     *
     * @param signal which series
     * @param culprit the class that explains it; null when none was found
     * @param age age at which it was confirmed
     */
    public record Leak(Signal signal, @Nullable String culprit, Duration age) {}

    /**
     * The floor of one signal over a life, in the signal's own unit.
     *
     * @param highest the most it came to
     * @param calm for how long it has not risen
     * @param limit where it ends; null if nothing limits it
     * @param growth its growth since judging began, by the number of the age: 0 is a minute, each further one twice as much. Ages before which
     *     the life was not judged for at least half of the time are missing
     */
    public record Floors(double highest, Duration calm, @Nullable Double limit, Map<Integer, Double> growth) {
        public Floors {
            growth = Map.copyOf(growth);
        }
    }
}
