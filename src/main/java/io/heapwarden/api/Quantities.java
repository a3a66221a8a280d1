package io.heapwarden.api;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.regex.Pattern;

/** Quantities as Kubernetes writes them: bytes such as 64Mi, or plain counts such as 100000. */
public final class Quantities {

    /** Stricter than the client's parser, which also reads what the API server refuses. */
    private static final Pattern FORM =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})?");

    private Quantities() {}

    /**
     * Reads a quantity into bytes or a count.
     *
     * @throws IllegalArgumentException when the text is no quantity; the message says what is
     */
    public static double parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" is not a quantity: write a number with a suffix such as Ki, Mi or Gi, or none, such as 64Mi or 100000");
        }
        return Quantity.parse(text).getNumericalAmount().doubleValue();
    }
}
