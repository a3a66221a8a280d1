package io.heapwarden.evidence;

import java.util.List;

/** A level over time as one line of text, from zero to its highest. */
public final class Sparkline {

    /** Eight heights. */
    public static final String BLOCKS = "▁▂▃▄▅▆▇█";

    /** The same for a terminal that has no blocks. */
    public static final String ASCII = "_.:-=+*#";

    private Sparkline() {}

    /**
     * The line; empty for no points. Each column is the lowest of its stretch, as floors are told.
     *
     * @param width most columns
     * @param steps what heights are drawn with, the lowest first
     */
    public static String of(List<Floor.Point> points, int width, String steps) {
        int columns = Math.min(width, points.size());
        long highest = points.stream().mapToLong(Floor.Point::bytes).max().orElse(0);
        StringBuilder line = new StringBuilder(columns);
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) column * points.size() / columns);
            int to = (int) ((long) (column + 1) * points.size() / columns);
            long low = points.subList(from, to).stream()
                    .mapToLong(Floor.Point::bytes)
                    .min()
                    .orElse(0);
            double share = highest == 0 ? 0 : (double) low / highest;
            line.append(steps.charAt((int) Math.min(steps.length() - 1L, (long) (share * steps.length()))));
        }
        return line.toString();
    }
}
