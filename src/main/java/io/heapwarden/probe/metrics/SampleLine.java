package io.heapwarden.probe.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes apart what follows a metric's name in its line: labels and value. A time stamp or an exemplar behind them is not looked at. */
final class SampleLine {

    private static final int MOST_LABELS = 64;
    private static final int LONGEST_NUMBER = 64;
    private static final int QUOTED = 80;

    private final byte[] line;
    private final int end;
    private int at;

    /**
     * @param line the line
     * @param from behind the name
     * @param end behind its last byte
     */
    SampleLine(byte[] line, int from, int end) {
        this.line = line;
        this.at = from;
        this.end = end;
    }

    /** The sample; null when the line is not of the form it must have. */
    @Nullable
    MetricSample parse(String name) {
        skipBlanks();
        Map<String, String> labels = Map.of();
        if (at < end && line[at] == '{') {
            at++;
            labels = labels();
            if (labels == null) {
                return null;
            }
        }
        skipBlanks();
        Double value = value();
        return value == null ? null : new MetricSample(name, labels, value);
    }

    private @Nullable Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        while (true) {
            skipBlanks();
            if (at < end && line[at] == '}') {
                at++;
                return labels;
            }
            String name = labelName();
            skipBlanks();
            if (name == null || !take('=')) {
                return null;
            }
            skipBlanks();
            String value = take('"') ? quoted() : null;
            if (value == null || labels.size() == MOST_LABELS || labels.put(name, value) != null) {
                return null;
            }
            skipBlanks();
            if (!take(',') && (at == end || line[at] != '}')) {
                return null;
            }
        }
    }

    private @Nullable String labelName() {
        int start = at;
        while (at < end && ExpositionParser.isNameByte(line[at], at == start)) {
            at++;
        }
        return at == start ? null : new String(line, start, at - start, StandardCharsets.US_ASCII);
    }

    private @Nullable String quoted() {
        int start = at;
        while (at < end && line[at] != '"' && line[at] != '\\') {
            at++;
        }
        if (take('"')) {
            return new String(line, start, at - 1 - start, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream unescaped = new ByteArrayOutputStream();
        unescaped.write(line, start, at - start);
        while (at < end) {
            byte b = line[at++];
            if (b == '"') {
                return unescaped.toString(StandardCharsets.UTF_8);
            }
            if (b == '\\' && at < end) {
                byte escaped = line[at++];
                unescaped.write(escaped == 'n' ? '\n' : escaped);
            } else {
                unescaped.write(b);
            }
        }
        return null;
    }

    private @Nullable Double value() {
        int start = at;
        while (at < end && !ExpositionParser.isBlank(line[at])) {
            at++;
        }
        if (at == start || at - start > LONGEST_NUMBER) {
            return null;
        }
        String number = new String(line, start, at - start, StandardCharsets.US_ASCII);
        return switch (number) {
            case "NaN", "nan" -> Double.NaN;
            case "+Inf", "Inf", "+inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> decimal(number);
        };
    }

    /** Java also reads hexadecimal numbers, "1d" and "Infinity", which are not of this format. */
    private static @Nullable Double decimal(String number) {
        for (int i = 0; i < number.length(); i++) {
            if ("0123456789+-.eE".indexOf(number.charAt(i)) < 0) {
                return null;
            }
        }
        try {
            return Double.valueOf(number);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }

    private boolean take(char expected) {
        if (at < end && line[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < end && ExpositionParser.isBlank(line[at])) {
            at++;
        }
    }

    /** Foreign text made fit for a message: printable ASCII, at most 80 characters. */
    static String quote(byte[] line, int from, int to) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = from; i < to && i < from + QUOTED; i++) {
            quoted.append(line[i] < ' ' || line[i] > '~' ? '?' : (char) line[i]);
        }
        return quoted.append(to - from > QUOTED ? "...\"" : "\"").toString();
    }
}
