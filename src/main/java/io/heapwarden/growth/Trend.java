package io.heapwarden.growth;

/**
 * How the floors of one bucket length went.
 *
 * @param steps differences between neighbouring floors
 * @param rises how many of them are rises
 * @param drift mean step over its standard error
 * @param neverReturned whether the lowest of the last third is above the highest of the first third
 * @param secondHalf slope of the second half over that of the first; 0 when it does not rise
 * @param slope growth a millisecond
 * @param slopeError one-sided 95 % bound of the slope's error, a millisecond
 */
record Trend(
        int steps, int rises, double drift, boolean neverReturned, double secondHalf, double slope, double slopeError) {

    /** Whether this is growth that does not come back: all four criteria at once. */
    boolean risesForGood() {
        return rises >= steps - fallsAllowed()
                && drift >= FloorTest.LEAST_DRIFT
                && neverReturned
                && secondHalf >= FloorTest.LEAST_SECOND_HALF;
    }

    /** Steps that need not be rises. */
    int fallsAllowed() {
        return steps < FloorTest.STEPS_TO_ALLOW_A_FALL ? 0 : FloorTest.FALLS_ALLOWED;
    }

    double lowSlope() {
        return slope - slopeError;
    }

    double highSlope() {
        return slope + slopeError;
    }
}
