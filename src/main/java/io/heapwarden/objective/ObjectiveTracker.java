package io.heapwarden.objective;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.State;
import io.heapwarden.objective.SlidingFloor.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    /** More than this many sampling intervals between two samples are a gap; what is calm for long is sampled every fourth only. */
    static final int GAP = 5;

    private final GrowthObjective objective;
    private final Duration interval;
    private final SpentTime spent;
    private final @Nullable SlidingFloor floor;
    private @Nullable Instant last;
    private @Nullable Boolean holds;
    private @Nullable Double gcSeconds;

    public ObjectiveTracker(GrowthObjective objective, Duration interval) {
        this.objective = objective;
        this.interval = interval;
        this.spent = new SpentTime(objective);
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
        gcSeconds = sample.gc() == null ? null : Double.valueOf(sample.gc().seconds());
        if (before != null) {
            long millis = Duration.between(before, sample.at()).toMillis();
            spent.credit(millis > GAP * interval.toMillis() ? null : holds, sample.at(), millis);
        }
    }

    /** How this container alone stands. */
    public Compliance compliance(Instant now) {
        return SpentTime.compliance(objective, List.of(spent), now);
    }

    /** What this container spent; it goes on spending. */
    public SpentTime spent() {
        return spent;
    }

    public synchronized ObjectiveCheckpoint checkpoint() {
        List<Slot> slots = floor == null ? List.of() : floor.state();
        return spent.checkpoint(
                last,
                holds,
                gcSeconds,
                slots.stream().map(Slot::number).toList(),
                slots.stream().map(Slot::floor).toList());
    }

    /** Goes on from a checkpoint; one of another objective, or of a changed one, is left out. */
    public synchronized void restore(ObjectiveCheckpoint checkpoint) {
        if (!checkpoint.objective().equals(objective.toString())) {
            return;
        }
        last = checkpoint.last();
        holds = checkpoint.holds();
        gcSeconds = checkpoint.gcSeconds();
        spent.add(checkpoint);
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
            new SignalValue(last, gcSeconds)
                    .of(sample, growth.signal(), growth.className())
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
}
