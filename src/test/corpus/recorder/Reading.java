import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was read of a JVM at one moment, in real time; written as one line of a trace.
 *
 * @param figures sizes and counts by the name they have in a trace, {@code heap.usedBytes} for one inside an object
 * @param histogram the histogram as JSON, or null
 */
record Reading(Instant at, Map<String, Number> figures, String histogram) {

    /** The line; times are stretched from the start of the JVM by a factor. */
    String line(Instant startedAt, long timeScale) {
        StringBuilder json = new StringBuilder("{\"at\":\"").append(stretched(startedAt, at, timeScale)).append('"');
        Map<String, StringBuilder> objects = new LinkedHashMap<>();
        figures.forEach((name, value) -> {
            int dot = name.indexOf('.');
            String text = name.endsWith("econds")
                    ? String.format(java.util.Locale.ROOT, "%.3f", value.doubleValue() * timeScale)
                    : value.toString();
            if (dot < 0) {
                json.append(",\"").append(name).append("\":").append(text);
            } else {
                StringBuilder object = objects.computeIfAbsent(name.substring(0, dot), key -> new StringBuilder());
                object.append(object.isEmpty() ? "" : ",").append('"').append(name.substring(dot + 1)).append("\":").append(text);
            }
        });
        objects.forEach((name, object) -> json.append(",\"").append(name).append("\":{").append(object).append('}'));
        if (histogram != null) {
            json.append(",\"histogram\":").append(histogram);
        }
        return json.append('}').toString();
    }

    static Instant stretched(Instant startedAt, Instant at, long timeScale) {
        return startedAt.plus(Duration.between(startedAt, at).multipliedBy(timeScale));
    }
}
