package io.heapwarden.local;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives JVMs a label that a policy's selector can ask for: {@code app=checkout@com.shop.Main}.
 *
 * @param key name of the label
 * @param value its value
 * @param pattern text that must stand in the JVM's command line, {@code *} for any characters; null for every JVM
 */
public record LabelRule(String key, String value, @Nullable String pattern) {

    private static final String FORM = "write KEY=VALUE for every JVM, or KEY=VALUE@TEXT for those whose command line"
            + " contains TEXT, such as app=checkout@com.shop.Main";

    /** Names and values as Kubernetes has them. */
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private static final String MAIN = "main";
    private static final String PID = "pid";
    private static final String USER = "user";

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException when it has not the form; the message says what is
     */
    public static LabelRule parse(String text) {
        int equal = text.indexOf('=');
        if (equal < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no label: " + FORM);
        }
        int at = text.indexOf('@', equal);
        String key = text.substring(0, equal);
        String value = text.substring(equal + 1, at < 0 ? text.length() : at);
        if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no label: key and value have letters, digits, -, _ and ., at most 63; " + FORM);
        }
        if (key.equals(MAIN) || key.equals(PID) || key.equals(USER)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": every JVM has a label " + key + " of its own; choose another name");
        }
        if (at >= 0 && at + 1 == text.length()) {
            throw new IllegalArgumentException("\"" + text + "\" ends with @ and no text: " + FORM);
        }
        return new LabelRule(key, value, at < 0 ? null : text.substring(at + 1));
    }

    /** Whether a JVM gets this label. */
    boolean applies(JvmProcess jvm) {
        if (pattern == null) {
            return true;
        }
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL)
                .matcher(jvm.commandLine())
                .find();
    }

    /** All labels of a JVM: {@code main}, {@code pid} and {@code user}, and what the rules give it; the last rule wins. */
    static Map<String, String> labels(JvmProcess jvm, Iterable<LabelRule> rules) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(MAIN, jvm.main());
        labels.put(PID, String.valueOf(jvm.pid()));
        labels.put(USER, jvm.user());
        for (LabelRule rule : rules) {
            if (rule.applies(jvm)) {
                labels.put(rule.key(), rule.value());
            }
        }
        return labels;
    }
}
