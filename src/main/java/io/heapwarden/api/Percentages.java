package io.heapwarden.api;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percentages as the API writes them, such as 99.9%. */
public final class Percentages {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,3}([.][0-9]{1,4})?)%");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percentages() {}

    /**
     * Reads a percentage into a share: 99.9% is 0.999.
     *
     * @throws IllegalArgumentException when the text is not of the form, or above 100%; the message says what is
     */
    public static double parse(String text) {
        Matcher matcher = FORM.matcher(text);
        BigDecimal percent = matcher.matches() ? new BigDecimal(matcher.group(1)) : null;
        if (percent == null || percent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a percentage: write a number from 0 to 100 with a %, such as 99.9%");
        }
        return percent.movePointLeft(2).doubleValue();
    }
}
