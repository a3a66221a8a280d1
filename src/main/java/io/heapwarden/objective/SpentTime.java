package io.heapwarden.objective;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Good, bad and missing time of one objective, over its period and over the burn windows: of one container, or of several that are gone. Safe
 * for use by several threads.
 */
public final class SpentTime {

    private static final int PERIOD_SLOTS = 60;
    private static final int BURN_SLOTS = 12;

    private final GrowthObjective objective;
    private final TimeTally period;
    private final List<TimeTally> burns = new ArrayList<>();

    public SpentTime(GrowthObjective objective) {
        this.objective = objective;
        this.period = new TimeTally(objective.period(), PERIOD_SLOTS);
        for (BurnWindow window : BurnWindow.values()) {
            burns.add(new TimeTally(window.length(), BURN_SLOTS));
        }
    }

    public GrowthObjective objective() {
        return objective;
    }

    /** How containers stand together: their times are added up. */
    public static Compliance compliance(GrowthObjective objective, Collection<SpentTime> parts, Instant now) {
        Spent inPeriod = sum(parts, (part, at) -> part.period.spent(at), now);
        List<@Nullable Double> rates = new ArrayList<>();
        for (BurnWindow window : BurnWindow.values()) {
            Spent inWindow =
                    sum(parts, (part, at) -> part.burns.get(window.ordinal()).spent(at), now);
            rates.add(Compliance.burnRate(objective.target(), inWindow));
        }
        return new Compliance(
                objective.target(),
                Duration.ofMillis(inPeriod.good()),
                Duration.ofMillis(inPeriod.bad()),
                Duration.ofMillis(inPeriod.missing()),
                rates);
    }

    /** Adds what a container spent; nothing if it was spent on another objective, or on this one before it was changed. */
    public synchronized void add(ObjectiveCheckpoint spent) {
        if (!spent.objective().equals(objective.toString())) {
            return;
        }
        period.add(spent.period());
        for (int i = 0; i < Math.min(burns.size(), spent.burns().size()); i++) {
            burns.get(i).add(spent.burns().get(i));
        }
    }

    /** All that was spent, without what a single container is doing now. */
    public ObjectiveCheckpoint checkpoint() {
        return checkpoint(null, null, null, List.of(), List.of());
    }

    synchronized ObjectiveCheckpoint checkpoint(
            @Nullable Instant last,
            @Nullable Boolean holds,
            @Nullable Double gcSeconds,
            List<Long> slots,
            List<Double> floors) {
        return new ObjectiveCheckpoint(
                objective.toString(),
                last,
                holds,
                gcSeconds,
                period.state(),
                burns.stream().map(TimeTally::state).toList(),
                slots,
                floors);
    }

    /**
     * Adds time that has just passed.
     *
     * @param held whether the objective held; null when it could not be told
     */
    synchronized void credit(@Nullable Boolean held, Instant until, long millis) {
        List<TimeTally> all = new ArrayList<>(burns);
        all.add(period);
        for (TimeTally tally : all) {
            if (held == null) {
                tally.addMissing(until, millis);
            } else if (held) {
                tally.addGood(until, millis);
            } else {
                tally.addBad(until, millis);
            }
        }
    }

    private static Spent sum(Collection<SpentTime> parts, BiFunction<SpentTime, Instant, Spent> spent, Instant now) {
        Spent sum = new Spent(0, 0, 0);
        for (SpentTime part : parts) {
            synchronized (part) {
                sum = sum.plus(spent.apply(part, now));
            }
        }
        return sum;
    }
}
