package io.heapwarden.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the API writes them: one whole number and one unit, such as 500ms, 30s, 10m, 6h or 30d. A day is 24 hours. */
public final class Durations {

    /** Units from seconds to hours. */
    static final String SHORT = "^[1-9][0-9]{0,4}(s|m|h)$";

    /** Units from seconds to days. */
    static final String LONG = "^[1-9][0-9]{0,4}(s|m|h|d)$";

    /** Units from milliseconds to seconds. */
    static final String PAUSE = "^[1-9][0-9]{0,4}(ms|s)$";

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when the text is not of the form; the message says what is
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" is not a duration: write one whole number of 1 to 99999 and one unit of ms, s, m, h or d, such as 30s");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
