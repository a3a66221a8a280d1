package io.heapwarden.local;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.CulpritReport;
import io.heapwarden.api.ContainerReport.SignalReport;
import io.heapwarden.growth.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes how JVMs stand as a table, one line each. Pure. */
final class StatusTable {

    private static final List<String> HEADER =
            List.of("PID", "MAIN", "STATE", "VERDICT", "HEAP AFTER GC", "LIMIT", "GROWTH/H", "CULPRIT", "EXHAUSTION");
    private static final int STATE = 2;
    private static final int LONGEST_NAME = 36;
    private static final String GAP = "  ";

    private StatusTable() {}

    /**
     * The table.
     *
     * @param standings the JVMs
     * @param colour whether states are coloured with ANSI codes
     */
    static List<String> of(List<JvmStanding> standings, boolean colour) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        standings.forEach(standing -> rows.add(row(standing)));
        int[] widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths, colour && i > 0));
        }
        return lines;
    }

    /** What must change for the table to be worth showing again where it cannot be redrawn. */
    static String gist(List<JvmStanding> standings) {
        StringBuilder gist = new StringBuilder();
        for (JvmStanding standing : standings) {
            List<String> row = row(standing);
            gist.append(row.getFirst())
                    .append(row.get(STATE))
                    .append(row.get(STATE + 1))
                    .append(row.get(7));
        }
        return gist.toString();
    }

    private static List<String> row(JvmStanding standing) {
        ContainerReport report = standing.report();
        SignalReport heap = report.signals() == null
                ? null
                : report.signals().stream()
                        .filter(signal -> signal.signal().equals(Signal.HeapAfterGC.name()))
                        .findFirst()
                        .orElse(null);
        String state = report.leftAlone() == null
                ? standing.state().name()
                : report.leftAlone().reason();
        return List.of(
                String.valueOf(standing.jvm().pid()),
                shortened(standing.jvm().main()),
                state + (standing.ended() ? ", ended" : ""),
                report.verdict() == null ? "" : report.verdict(),
                heap == null ? "" : heap.now(),
                heap == null || heap.limit() == null ? "" : heap.limit(),
                heap == null || heap.growthPerHour() == null ? "" : signed(heap.growthPerHour()),
                report.culprits() == null
                        ? ""
                        : report.culprits().stream()
                                .findFirst()
                                .map(CulpritReport::className)
                                .map(StatusTable::shortened)
                                .orElse(""),
                report.exhaustion() == null
                        ? ""
                        : report.exhaustion().latest() == null
                                ? "no sooner than " + report.exhaustion().earliest()
                                : report.exhaustion().earliest() + " to "
                                        + report.exhaustion().latest());
    }

    private static String line(List<String> row, int[] widths, boolean colour) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(column == 0 ? "" : GAP)
                    .append(colour && column == STATE ? coloured(cell) : cell)
                    .append(" ".repeat(widths[column] - cell.length()));
        }
        return line.toString().stripTrailing();
    }

    private static String coloured(String state) {
        String code = state.startsWith("Critical") || state.startsWith("Leaking")
                ? "31"
                : state.startsWith("Suspect") ? "33" : state.startsWith("Healthy") ? "32" : "2";
        return "\u001b[" + code + "m" + state + "\u001b[0m";
    }

    /** The end of a name says more than its packages. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME + 1);
    }

    /** Growth with its sign, as a figure without one could be a level. */
    static String signed(String amount) {
        return amount.startsWith("-") ? amount : "+" + amount;
    }
}
