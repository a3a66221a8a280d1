package io.heapwarden.jvm;

import java.util.Locale;

/** Writes histograms as HotSpot does, row by row. */
public final class HistogramText {

    static final String HEADER_OF_8 = " num     #instances         #bytes  class name\n";
    static final String HEADER = " num     #instances         #bytes  class name (module)\n";
    static final String RULE = "-------------------------------------------------------\n";

    private final StringBuilder rows = new StringBuilder(HEADER).append(RULE);
    private int row;
    private long instances;
    private long bytes;

    /** Adds a row. */
    public HistogramText row(String rawName, long rowInstances, long rowBytes) {
        row++;
        instances += rowInstances;
        bytes += rowBytes;
        rows.append(String.format(Locale.ROOT, "%4d: %13d  %13d  %s\n", row, rowInstances, rowBytes, rawName));
        return this;
    }

    static String of(String rawName, long instances, long bytes) {
        return new HistogramText().row(rawName, instances, bytes).toString();
    }

    /** The rows so far, with their Total line. */
    @Override
    public String toString() {
        return rows + String.format(Locale.ROOT, "Total %13d  %13d\n", instances, bytes);
    }
}
