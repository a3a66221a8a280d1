package io.heapwarden.objective;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.State;
import io.heapwarden.objective.SlidingFloor.Slot;
import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Holds one container against one objective. The time between two samples is good or bad as the later one says; a distance of more than
 * {@value #GAP} intervals is missing, and so is the time while the container warms up or the criterion's signal is not there. Safe for use by
 * several threads.
 */
public final class ObjectiveTracker {

    /** More than this many sampling intervals between two samples are a gap. */
    static final int GAP = 3;

    private static final int PERIOD_SLOTS = 60;
    private static final int BURN_SLOTS = 12;

    private final GrowthObjective objective;
    private final Duration interval;
    private final TimeTally period;
    private final List<TimeTally> burns = new ArrayList<>();
    private final @Nullable SlidingFloor floor;
    private @Nullable Instant last;
    private @Nullable Boolean holds;

    public ObjectiveTracker(GrowthObjective objective, Duration interval) {
        this.objective = objective;
        this.interval = interval;
        this.period = new TimeTally(objective.period(), PERIOD_SLOTS);
        for (BurnWindow window : BurnWindow.values()) {
            burns.add(new TimeTally(window.length(), BURN_SLOTS));
        }
        this.floor = objective.criterion() instanceof Criterion.BoundedGrowth growth
                ? new SlidingFloor(growth.window())
                : null;
    }

    public GrowthObjective objective() {
        return objective;
    }

    /** Takes in a sample and what was made of it. Samples that are not later than the last are left out. */
    public synchronized void observe(Sample sample, Assessment assessment) {
        Instant before = last;
        if (before != null && !sample.at().isAfter(before)) {
            return;
        }
        holds = judge(sample, assessment).orElse(null);
        last = sample.at();
        if (before != null) {
            credit(before, sample.at());
        }
    }

    /** How this container alone stands. */
    public Compliance compliance(Instant now) {
        return compliance(objective, List.of(this), now);
    }

    /** How several containers stand together: their times are added up. */
    public static Compliance compliance(GrowthObjective objective, Collection<ObjectiveTracker> trackers, Instant now) {
        Spent inPeriod = sum(trackers.stream()
                .map(tracker -> tracker.spent(tracker.period, now))
                .toList());
        List<@Nullable Double> rates = new ArrayList<>();
        for (BurnWindow window : BurnWindow.values()) {
            rates.add(Compliance.burnRate(
                    objective.target(),
                    sum(trackers.stream()
                            .map(tracker -> tracker.spent(tracker.burns.get(window.ordinal()), now))
                            .toList())));
        }
        return new Compliance(
                objective.target(),
                Duration.ofMillis(inPeriod.good()),
                Duration.ofMillis(inPeriod.bad()),
                Duration.ofMillis(inPeriod.missing()),
                rates);
    }

    public synchronized ObjectiveCheckpoint checkpoint() {
        return new ObjectiveCheckpoint(
                objective.toString(),
                last,
                holds,
                period.state(),
                burns.stream().map(TimeTally::state).toList(),
                floor == null
                        ? List.of()
                        : floor.state().stream().map(Slot::number).toList(),
                floor == null
                        ? List.of()
                        : floor.state().stream().map(Slot::floor).toList());
    }

    /** Goes on from a checkpoint; one of another objective, or of a changed one, is left out. */
    public synchronized void restore(ObjectiveCheckpoint checkpoint) {
        if (!checkpoint.objective().equals(objective.toString())) {
            return;
        }
        last = checkpoint.last();
        holds = checkpoint.holds();
        period.restore(checkpoint.period());
        for (int i = 0; i < Math.min(burns.size(), checkpoint.burns().size()); i++) {
            burns.get(i).restore(checkpoint.burns().get(i));
        }
        if (floor != null) {
            List<Slot> slots = new ArrayList<>();
            for (int i = 0;
                    i < Math.min(checkpoint.slots().size(), checkpoint.floors().size());
                    i++) {
                slots.add(
                        new Slot(checkpoint.slots().get(i), checkpoint.floors().get(i)));
            }
            floor.restore(slots);
        }
    }

    private Optional<Boolean> judge(Sample sample, Assessment assessment) {
        if (floor != null && objective.criterion() instanceof Criterion.BoundedGrowth growth) {
            SignalValue.of(sample, growth.signal(), growth.className())
                    .ifPresent(value -> floor.add(sample.at(), value));
        }
        if (assessment.state() == State.WarmingUp || assessment.state() == State.Unreachable) {
            return Optional.empty();
        }
        return switch (objective.criterion()) {
            case Criterion.NoConfirmedLeak none ->
                Optional.of(!assessment.state().confirmed());
            case Criterion.LeastTimeToExhaustion runway ->
                Optional.of(assessment.exhaustion() == null
                        || assessment.exhaustion().earliest().compareTo(runway.least()) >= 0);
            case Criterion.BoundedGrowth growth -> bounded(growth);
        };
    }

    private Optional<Boolean> bounded(Criterion.BoundedGrowth criterion) {
        OptionalDouble growth = floor == null ? OptionalDouble.empty() : floor.growth();
        return growth.isPresent() ? Optional.of(growth.getAsDouble() <= criterion.maxGrowth()) : Optional.empty();
    }

    private void credit(Instant from, Instant to) {
        long millis = Duration.between(from, to).toMillis();
        boolean gap = millis > GAP * interval.toMillis();
        Boolean now = holds;
        for (TimeTally tally : allTallies()) {
            if (gap || now == null) {
                tally.addMissing(to, millis);
            } else if (now) {
                tally.addGood(to, millis);
            } else {
                tally.addBad(to, millis);
            }
        }
    }

    private synchronized Spent spent(TimeTally tally, Instant now) {
        return tally.spent(now);
    }

    private List<TimeTally> allTallies() {
        List<TimeTally> all = new ArrayList<>(burns);
        all.add(period);
        return all;
    }

    private static Spent sum(List<Spent> parts) {
        return parts.stream().reduce(new Spent(0, 0, 0), Spent::plus);
    }
}
