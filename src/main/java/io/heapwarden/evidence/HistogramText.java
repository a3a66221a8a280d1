package io.heapwarden.evidence;

import io.heapwarden.jvm.ClassHistogram;
import java.util.Locale;

/** A class histogram as {@code GC.class_histogram} prints it, so that the tools that read those read this one. */
final class HistogramText {

    private static final String HEADER = " num     #instances         #bytes  class name (module)\n"
            + "-------------------------------------------------------\n";

    private HistogramText() {}

    static String of(ClassHistogram histogram) {
        StringBuilder text = new StringBuilder(HEADER);
        int[] row = {0};
        histogram.forEach(entry -> text.append(String.format(
                Locale.ROOT,
                "%4d: %14d %14d  %s\n",
                ++row[0],
                entry.instances(),
                entry.bytes(),
                Printable.line(entry.className()))));
        return text.append(String.format(
                        Locale.ROOT, "Total %14d %14d\n", histogram.totalInstances(), histogram.totalBytes()))
                .toString();
    }
}
