package io.heapwarden.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws a level over time in plain text: its lows, the line they go on by, and the limit. */
final class LevelPlot {

    private static final int WIDTH = 72;
    private static final int HEIGHT = 16;

    /** The last quarter of the width is for what is to come. */
    private static final int AHEAD = WIDTH / 4;

    private static final int SEEN = WIDTH - AHEAD;

    private final List<Double> levels = new ArrayList<>();

    void add(double level) {
        levels.add(level);
    }

    /**
     * The picture, a string for each line; empty while there is nothing to draw.
     *
     * @param unit how a level is written
     * @param slope growth for each sample by which the lows go on; null when nothing grows
     * @param limit null when there is none
     */
    List<String> lines(java.util.function.DoubleFunction<String> unit, @Nullable Double slope, @Nullable Double limit) {
        if (levels.isEmpty()) {
            return List.of();
        }
        double[] lows = lows();
        double last = lows[SEEN - 1];
        double each = (double) levels.size() / SEEN;
        double highest = Arrays.stream(lows).max().orElse(last);
        double top = limit == null ? highest * 1.1 : Math.max(limit, highest);
        char[][] picture = new char[HEIGHT][WIDTH];
        for (char[] row : picture) {
            Arrays.fill(row, ' ');
        }
        if (limit != null) {
            Arrays.fill(picture[row(limit, top)], '-');
        }
        for (int column = 0; column < SEEN; column++) {
            picture[row(lows[column], top)][column] = '#';
        }
        for (int column = SEEN; slope != null && column < WIDTH; column++) {
            double ahead = last + slope * each * (column - SEEN + 1);
            if (ahead >= 0 && ahead <= top) {
                picture[row(ahead, top)][column] = '.';
            }
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row++) {
            String label = row == 0 ? unit.apply(top) : row == HEIGHT - 1 ? unit.apply(0) : "";
            lines.add(String.format(Locale.ROOT, "%12s |%s", label, new String(picture[row]).stripTrailing()));
        }
        lines.add(" ".repeat(12) + " +" + "-".repeat(SEEN) + "> now, then the line it goes on by (.)"
                + (limit == null ? "" : ", limit (-)"));
        return lines;
    }

    /** The lowest level in each column; what no sample fell into goes on as before. */
    private double[] lows() {
        double[] lows = new double[SEEN];
        double before = levels.getFirst();
        for (int column = 0; column < SEEN; column++) {
            int from = (int) ((long) column * levels.size() / SEEN);
            int to = (int) ((long) (column + 1) * levels.size() / SEEN);
            double low = levels.subList(from, to).stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(before);
            lows[column] = low;
            before = low;
        }
        return lows;
    }

    private static int row(double level, double top) {
        return (int) Math.round((1 - Math.clamp(level / top, 0, 1)) * (HEIGHT - 1));
    }
}
