package io.heapwarden.evidence;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By how much each class grew between two histograms.
 *
 * @param rows every class that is in either, what gained most bytes first
 */
public record HistogramDifference(List<Row> rows) {

    /** Longest table read. */
    private static final int MAX_ROWS = 1 << 18;

    private static final int COLUMNS = 7;
    private static final Entry NONE = new Entry("", 0, 0);

    private static final String HEADER =
            "class\tinstances_before\tinstances_after\tinstances_difference\tbytes_before\tbytes_after\tbytes_difference\n";

    private static final Comparator<Row> MOST_GROWN = Comparator.comparingLong(Row::bytesGained)
            .reversed()
            .thenComparing(Comparator.comparingLong(Row::instancesGained).reversed())
            .thenComparing(Row::className);

    /** Copies and sorts the list. */
    public HistogramDifference {
        rows = rows.stream().sorted(MOST_GROWN).toList();
    }

    /**
     * One class; zeros where it was not there.
     *
     * @param className as in Java source
     */
    public record Row(String className, long instancesBefore, long instancesAfter, long bytesBefore, long bytesAfter) {

        public long instancesGained() {
            return instancesAfter - instancesBefore;
        }

        public long bytesGained() {
            return bytesAfter - bytesBefore;
        }
    }

    /** Compares two histograms class by class. */
    public static HistogramDifference between(ClassHistogram before, ClassHistogram after) {
        Map<String, Entry> earlier = new HashMap<>();
        before.forEach(entry -> earlier.put(entry.className(), entry));
        List<Row> rows = new ArrayList<>();
        after.forEach(entry -> {
            Entry was = Optional.ofNullable(earlier.remove(entry.className())).orElse(NONE);
            rows.add(new Row(entry.className(), was.instances(), entry.instances(), was.bytes(), entry.bytes()));
        });
        earlier.forEach((name, was) -> rows.add(new Row(name, was.instances(), 0, was.bytes(), 0)));
        return new HistogramDifference(rows);
    }

    /** A table with a header, fields parted by tabs. */
    String toTsv() {
        StringBuilder text = new StringBuilder(HEADER);
        rows.forEach(row -> text.append(Printable.line(row.className))
                .append('\t')
                .append(row.instancesBefore)
                .append('\t')
                .append(row.instancesAfter)
                .append('\t')
                .append(row.instancesGained())
                .append('\t')
                .append(row.bytesBefore)
                .append('\t')
                .append(row.bytesAfter)
                .append('\t')
                .append(row.bytesGained())
                .append('\n'));
        return text.toString();
    }

    /** Reads such a table; lines that are no rows, as the one that says it was cut, are passed over. */
    public static HistogramDifference parse(byte[] tsv) {
        return new HistogramDifference(new String(tsv, StandardCharsets.UTF_8)
                .lines()
                .limit(MAX_ROWS)
                .map(HistogramDifference::row)
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Row> row(String line) {
        String[] fields = line.split("\t", COLUMNS + 1);
        if (fields.length != COLUMNS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Row(
                    fields[0],
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5])));
        } catch (NumberFormatException header) {
            return Optional.empty();
        }
    }
}
