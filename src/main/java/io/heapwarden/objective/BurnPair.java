package io.heapwarden.objective;

/**
 * Pairs of windows that tell fast and slow burning apart: a long one that shows it matters, a short one that shows it goes on. Windows and bars
 * are those of The Site Reliability Workbook, chapter 5: a fiftieth of the budget of 30 days in an hour, a twentieth in six hours, a tenth in
 * three days.
 */
public enum BurnPair {
    Fast(BurnWindow.OneHour, BurnWindow.FiveMinutes, 14.4),
    Medium(BurnWindow.SixHours, BurnWindow.HalfAnHour, 6),
    Slow(BurnWindow.ThreeDays, BurnWindow.SixHours, 1);

    private final BurnWindow longer;
    private final BurnWindow shorter;
    private final double bar;

    BurnPair(BurnWindow longer, BurnWindow shorter, double bar) {
        this.longer = longer;
        this.shorter = shorter;
        this.bar = bar;
    }

    public BurnWindow longer() {
        return longer;
    }

    public BurnWindow shorter() {
        return shorter;
    }

    /** Burn rate above which both windows must be. */
    public double bar() {
        return bar;
    }
}
