package io.heapwarden.objective;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an objective stands: over its period, and over the pairs of windows that tell fast and slow burning apart (The Site Reliability Workbook,
 * chapter 5). Missing time counts neither as good nor as bad.
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

    /** Whether error budget is left; null while nothing was judged. */
    public @Nullable Boolean met() {
        Double compliance = compliance();
        return compliance == null ? null : compliance >= target;
    }

    /** Burn rate over the last hour; null while nothing was judged in it. */
    public @Nullable Double burnRate() {
        return burnRates.get(BurnWindow.OneHour.ordinal());
    }

    /** Whether a pair of windows burns faster than its bar: a short one that shows it goes on, a long one that shows it matters. */
    public boolean burning() {
        return burns(BurnWindow.OneHour, BurnWindow.FiveMinutes, 14.4)
                || burns(BurnWindow.SixHours, BurnWindow.HalfAnHour, 6)
                || burns(BurnWindow.ThreeDays, BurnWindow.SixHours, 1);
    }

    private boolean burns(BurnWindow longer, BurnWindow shorter, double bar) {
        Double over = burnRates.get(longer.ordinal());
        Double now = burnRates.get(shorter.ordinal());
        return over != null && now != null && over > bar && now > bar;
    }

    static @Nullable Double burnRate(double target, Spent spent) {
        long judged = spent.good() + spent.bad();
        return judged == 0 ? null : (double) spent.bad() / judged / (1 - target);
    }
}
