package io.heapwarden.evaluation.baseline;

import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.ClassHistogram;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A class whose bytes rose in every histogram so far and by a least share: the rule of memory-check (github.com/stokpop/memory-check), with its list of safe
 * names taken as the JDK's own classes and arrays of primitives, or none. The class that gained most bytes is named first.
 *
 * @param histograms seen at least
 * @param growth over the first one, 1 for doubled
 * @param ownOnly whether classes of the JDK are on the safe list
 */
public record GrewInEveryHistogram(int histograms, double growth, boolean ownOnly) implements Baseline {

    private static final int NAMED = 3;

    static final List<GrewInEveryHistogram> SETTINGS = List.of(
            new GrewInEveryHistogram(5, 0.05, false),
            new GrewInEveryHistogram(5, 0.05, true),
            new GrewInEveryHistogram(5, 0.5, false),
            new GrewInEveryHistogram(5, 0.5, true),
            new GrewInEveryHistogram(8, 0.5, false),
            new GrewInEveryHistogram(8, 0.5, true),
            new GrewInEveryHistogram(8, 2, true),
            new GrewInEveryHistogram(12, 2, true));

    private record Growing(long first, long now, int seen) {}

    @Override
    public String name() {
        return "grew in every histogram";
    }

    @Override
    public String setting() {
        return String.format(
                Locale.ROOT,
                "%s rose in each of ≥ %d histograms, by ≥ %.0f %% in all",
                ownOnly ? "bytes of a class outside the JDK" : "bytes of any class",
                histograms,
                100 * growth);
    }

    @Override
    public Alarms over(Recording recording) {
        Alarms.Log log = new Alarms.Log();
        Map<String, Growing> growing = new HashMap<>();
        Set<String> cleared = new HashSet<>();
        List<String> named = List.of();
        for (Sample sample : recording.samples()) {
            if (sample.histogram() != null) {
                take(sample.histogram().classes(), growing, cleared);
                named = grown(growing);
            }
            log.note(sample.at(), !named.isEmpty(), named);
        }
        return log.close();
    }

    /** A class is followed from the first histogram that has it; one step that does not rise clears it for good. */
    private void take(ClassHistogram histogram, Map<String, Growing> growing, Set<String> cleared) {
        Map<String, Long> bytes = new HashMap<>();
        histogram.forEach(entry -> bytes.put(entry.className(), entry.bytes()));
        growing.replaceAll((name, before) -> {
            long now = bytes.getOrDefault(name, 0L);
            if (now <= before.now()) {
                cleared.add(name);
            }
            return new Growing(before.first(), now, before.seen() + 1);
        });
        growing.keySet().removeAll(cleared);
        bytes.forEach((name, size) -> {
            if (!cleared.contains(name) && !(ownOnly && ofTheJdk(name))) {
                growing.putIfAbsent(name, new Growing(size, size, 1));
            }
        });
    }

    private List<String> grown(Map<String, Growing> growing) {
        return growing.entrySet().stream()
                .filter(e -> e.getValue().seen() >= histograms)
                .filter(e -> e.getValue().now() >= (1 + growth) * e.getValue().first())
                .sorted(Comparator.<Map.Entry<String, Growing>>comparingLong(
                                e -> e.getValue().first() - e.getValue().now())
                        .thenComparing(Map.Entry::getKey))
                .limit(NAMED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean ofTheJdk(String name) {
        String element = name.replace("[]", "");
        return element.indexOf('.') < 0
                || element.startsWith("java.")
                || element.startsWith("javax.")
                || element.startsWith("jdk.")
                || element.startsWith("sun.")
                || element.startsWith("com.sun.");
    }
}
