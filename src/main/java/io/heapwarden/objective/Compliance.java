package io.heapwarden.objective;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an objective stands: over its period, and over the pairs of windows that tell fast and slow burning apart (see
 * {@link BurnPair}). Missing time counts neither as good nor as bad.
 *
 * @param target share of pod time in which the objective must hold
 * @param good time in which it held
 * @param bad time in which it did not
 * @param missing time in which nothing was known
 * @param burnRates burn rate over each of {@link BurnWindow}, in their order; null while nothing was judged
 */
public record Compliance(
        double target, Duration good, Duration bad, Duration missing, List<@Nullable Double> burnRates) {

    /** Share of judged time in which the objective held, 0 to 1; null while nothing was judged. */
    public @Nullable Double compliance() {
        long judged = good.toMillis() + bad.toMillis();
        return judged == 0 ? null : (double) good.toMillis() / judged;
    }

    /** Share of the error budget that is left; below 0 when it is overspent; null while nothing was judged. */
    public @Nullable Double budgetRemaining() {
        Double compliance = compliance();
        return compliance == null ? null : 1 - (1 - compliance) / (1 - target);
    }

    /** Share of the period's pod time in which nothing was known, 0 to 1; null while there is no time at all. */
    public @Nullable Double missingShare() {
        long judged = good.toMillis() + bad.toMillis();
        long all = judged + missing.toMillis();
        return all == 0 ? null : (double) missing.toMillis() / all;
    }

    /** Whether error budget is left; null while nothing was judged. */
    public @Nullable Boolean met() {
        Double compliance = compliance();
        return compliance == null ? null : compliance >= target;
    }

    /** Burn rate over the last hour; null while nothing was judged in it. */
    public @Nullable Double burnRate() {
        return burnRate(BurnWindow.OneHour);
    }

    /** Burn rate over a window; null while nothing was judged in it. */
    public @Nullable Double burnRate(BurnWindow window) {
        return burnRates.get(window.ordinal());
    }

    /** Pairs of windows of which both burn faster than their bar, the fastest first. */
    public List<BurnPair> burning() {
        return Arrays.stream(BurnPair.values()).filter(this::burns).toList();
    }

    private boolean burns(BurnPair pair) {
        Double over = burnRate(pair.longer());
        Double now = burnRate(pair.shorter());
        return over != null && now != null && over > pair.bar() && now > pair.bar();
    }

    static @Nullable Double burnRate(double target, Spent spent) {
        long judged = spent.good() + spent.bad();
        return judged == 0 ? null : (double) spent.bad() / judged / (1 - target);
    }
}
