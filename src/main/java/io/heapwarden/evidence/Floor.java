package io.heapwarden.evidence;

import io.heapwarden.evidence.Judgement.Exhaustion;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The floor of what grows, over the time that was observed.
 *
 * @param name what it is, as a person calls it
 * @param points by time; at most {@value #MAX_POINTS}, of more the lowest of each stretch are kept
 * @param limit where it ends, in bytes; null when nothing limits it
 * @param exhaustion when the limit would have been reached; null when nothing said so
 */
public record Floor(String name, List<Point> points, @Nullable Long limit, @Nullable Exhaustion exhaustion) {

    /** Most points kept. */
    public static final int MAX_POINTS = 1000;

    private static final String HEADER = "at\tbytes\n";

    public Floor {
        points = thinned(points.stream().sorted(Comparator.comparing(Point::at)).toList());
    }

    /**
     * One low.
     *
     * @param at when
     * @param bytes how much, not negative
     */
    public record Point(Instant at, long bytes) {

        public Point {
            if (bytes < 0) {
                throw new IllegalArgumentException("a floor of " + bytes + " bytes cannot be");
            }
        }
    }

    private static List<Point> thinned(List<Point> points) {
        if (points.size() <= MAX_POINTS) {
            return points;
        }
        List<Point> lows = new ArrayList<>();
        for (int i = 0; i < MAX_POINTS; i++) {
            int from = (int) ((long) i * points.size() / MAX_POINTS);
            int to = (int) ((long) (i + 1) * points.size() / MAX_POINTS);
            lows.add(points.subList(from, to).stream()
                    .min(Comparator.comparingLong(Point::bytes))
                    .orElseThrow());
        }
        return List.copyOf(lows);
    }

    /** A table with a header, fields parted by tabs. */
    String toTsv() {
        StringBuilder text = new StringBuilder(HEADER);
        points.forEach(
                point -> text.append(point.at).append('\t').append(point.bytes).append('\n'));
        return text.toString();
    }

    /** Reads the points of such a table; lines that are none are passed over. */
    public static List<Point> parse(byte[] tsv) {
        return new String(tsv, StandardCharsets.UTF_8)
                .lines()
                .limit(2L * MAX_POINTS)
                .map(Floor::point)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Point> point(String line) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Point(Instant.parse(line.substring(0, tab)), Long.parseLong(line.substring(tab + 1))));
        } catch (DateTimeException | IllegalArgumentException header) {
            return Optional.empty();
        }
    }
}
