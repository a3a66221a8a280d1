package io.heapwarden.evidence;

import io.heapwarden.evidence.Judgement.Exhaustion;
import io.heapwarden.growth.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws a floor as SVG: what was seen, the limit, and the time in which the growth would have reached it. The picture needs nothing else, runs
 * nothing, and takes the colours of a light or a dark reader.
 */
final class FloorPlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 380;
    private static final int LEFT = 90;
    private static final int RIGHT = 930;
    private static final int TOP = 50;
    private static final int BOTTOM = 320;

    /** The future gets no more than this many times the room of the past, so that a far limit leaves the past to be seen. */
    private static final int MOST_AHEAD = 2;

    private static final int GRID_LINES = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String STYLE =
            """
            <style>
            svg{font:13px system-ui,sans-serif}text{fill:#1f2328}.paper{fill:#fff}.grid{stroke:#d0d7de}
            .floor{fill:none;stroke:#0969da;stroke-width:2}.ahead{fill:none;stroke:#0969da;stroke-dasharray:2 4}
            .limit{stroke:#cf222e;stroke-width:2;stroke-dasharray:8 4}.window{fill:#cf222e;opacity:.15}
            @media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.grid{stroke:#30363d}
            .floor,.ahead{stroke:#58a6ff}.limit{stroke:#ff7b72}.window{fill:#ff7b72}}
            </style>
            """;

    private final Floor floor;
    private final StringBuilder svg = new StringBuilder();
    private final Instant first;
    private final Instant now;
    private final Instant end;
    private final double top;

    private FloorPlot(Floor floor) {
        this.floor = floor;
        List<Floor.Point> points = floor.points();
        first = points.isEmpty() ? Instant.EPOCH : points.getFirst().at();
        now = points.isEmpty() ? Instant.EPOCH : points.getLast().at();
        end = end(first, now, floor.exhaustion());
        long highest = points.stream().mapToLong(Floor.Point::bytes).max().orElse(0);
        Long limit = floor.limit();
        top = Math.max(1, 1.08 * Math.max(highest, limit == null ? 0 : limit));
    }

    static String svg(Floor floor) {
        return new FloorPlot(floor).draw();
    }

    private static Instant end(Instant first, Instant now, @Nullable Exhaustion exhaustion) {
        Duration seen = Duration.between(first, now).plusMillis(1);
        Instant furthest = now.plus(seen.multipliedBy(MOST_AHEAD));
        if (exhaustion == null) {
            return now;
        }
        Instant wanted = exhaustion.latest() == null
                ? exhaustion.earliest().plus(seen.dividedBy(2))
                : exhaustion.latest().plus(seen.dividedBy(10));
        return wanted.isBefore(now) ? now : wanted.isAfter(furthest) ? furthest : wanted;
    }

    private String draw() {
        append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                WIDTH, HEIGHT, escape(floor.name() + ", the lows over time"));
        svg.append(STYLE);
        append("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH, HEIGHT);
        text(LEFT, 24, "start", floor.name());
        grid();
        if (floor.points().isEmpty()) {
            text(LEFT + 20, TOP + 30, "start", "no floor was seen");
        } else {
            exhaustion();
            limit();
            seen();
        }
        return svg.append("</svg>\n").toString();
    }

    private void grid() {
        for (int i = 0; i <= GRID_LINES; i++) {
            double level = top * i / GRID_LINES;
            append(
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
                    LEFT, y(level), RIGHT, y(level));
            text(LEFT - 8, y(level) + 4, "end", Figures.bytes(level));
        }
        if (!floor.points().isEmpty()) {
            text(x(first), BOTTOM + 20, "start", TIME.format(first));
            if (x(now) - LEFT > 180) {
                text(x(now), BOTTOM + 20, "end", TIME.format(now) + " UTC");
            }
        }
    }

    private void limit() {
        Long limit = floor.limit();
        if (limit != null) {
            append(
                    "<line class=\"limit\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
                    LEFT, y(limit), RIGHT, y(limit));
            text(LEFT + 6, y(limit) - 6, "start", "limit " + Figures.bytes(limit));
        }
    }

    private void exhaustion() {
        Exhaustion exhaustion = floor.exhaustion();
        Long limit = floor.limit();
        if (exhaustion == null || limit == null) {
            return;
        }
        Instant latest = exhaustion.latest();
        double from = x(exhaustion.earliest());
        double to = latest == null ? RIGHT : x(latest);
        append(
                "<rect class=\"window\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                from, TOP, Math.max(2, to - from), BOTTOM - TOP);
        ahead(exhaustion.earliest(), limit);
        if (latest != null) {
            ahead(latest, limit);
        }
        text(
                RIGHT,
                BOTTOM + 40,
                "end",
                "limit reached " + TIME.format(exhaustion.earliest())
                        + (latest == null ? " or later" : " to " + TIME.format(latest)) + " UTC");
    }

    /** From the last low to the limit, as far as the picture reaches. */
    private void ahead(Instant at, long limit) {
        Floor.Point last = floor.points().getLast();
        double whole = Math.max(1, Duration.between(now, at).toMillis());
        double shown = Math.clamp(Duration.between(now, end).toMillis() / whole, 0, 1);
        double reached = last.bytes() + shown * (limit - last.bytes());
        append(
                "<line class=\"ahead\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                x(now), y(last.bytes()), x(at), y(reached));
    }

    private void seen() {
        svg.append("<polyline class=\"floor\" points=\"");
        floor.points().forEach(point -> append("%.1f,%.1f ", x(point.at()), y(point.bytes())));
        svg.append("\"/>\n");
    }

    private double x(Instant at) {
        double whole = Math.max(1, Duration.between(first, end).toMillis());
        return LEFT + Math.clamp(Duration.between(first, at).toMillis() / whole, 0, 1) * (RIGHT - LEFT);
    }

    private double y(double level) {
        return BOTTOM - Math.clamp(level / top, 0, 1) * (BOTTOM - TOP);
    }

    private void text(double x, double y, String anchor, String words) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escape(words));
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String escape(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
