package io.heapwarden.response;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many pods of a workload may be missing or not Ready: a count, or a share of the pods it wants. */
public final class MaxUnavailable {

    private static final Pattern SPELLING = Pattern.compile("([0-9]{1,6})(%?)");

    private final int value;
    private final boolean percent;

    private MaxUnavailable(int value, boolean percent) {
        if (value < 1 || (percent && value > 100)) {
            throw new IllegalArgumentException("maxUnavailable is " + value + (percent ? "%" : "")
                    + ": give a count of at least 1 or 1% to 100%, or use mode: Observe to restart nothing");
        }
        this.value = value;
        this.percent = percent;
    }

    public static MaxUnavailable count(int pods) {
        return new MaxUnavailable(pods, false);
    }

    public static MaxUnavailable percent(int share) {
        return new MaxUnavailable(share, true);
    }

    /**
     * Reads {@code 2} or {@code 20%}.
     *
     * @throws IllegalArgumentException with a sentence that says what to write instead
     */
    public static MaxUnavailable parse(String text) {
        Matcher matcher = SPELLING.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "maxUnavailable is '" + text + "': give a count such as 2 or a share such as 20%");
        }
        return new MaxUnavailable(
                Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** The number of pods: a share rounds down, but never below one, or a small workload could not be helped at all. */
    public int of(int desired) {
        return percent ? (int) Math.max(1, (long) desired * value / 100) : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaxUnavailable that && value == that.value && percent == that.percent;
    }

    @Override
    public int hashCode() {
        return percent ? -value : value;
    }

    @Override
    public String toString() {
        return value + (percent ? "%" : "");
    }
}
