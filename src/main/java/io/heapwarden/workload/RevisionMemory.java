package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.workload.LifeSummary.Floors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is remembered of the lives of one revision. Figures are kept to three significant digits.
 *
 * @param revision image digest or hash of the pod template
 * @param firstSeen start of its first life
 * @param lives how many of its lives have ended
 * @param plateaus floors that were held in good health, one entry for each of the last {@value #PLATEAUS} lives that held any
 * @param growth growth of each signal's floor by number of the age, the most of all lives
 */
public record RevisionMemory(
        String revision,
        Instant firstSeen,
        int lives,
        List<Map<Signal, Double>> plateaus,
        Map<Signal, Map<Integer, Double>> growth) {

    static final int PLATEAUS = 8;

    public RevisionMemory {
        plateaus = plateaus.stream().map(Map::copyOf).toList();
        Map<Signal, Map<Integer, Double>> copy = new EnumMap<>(Signal.class);
        growth.forEach((signal, byAge) -> copy.put(signal, Map.copyOf(byAge)));
        growth = Map.copyOf(copy);
    }

    static RevisionMemory begin(LifeSummary life) {
        return new RevisionMemory(life.revision(), life.startedAt(), 0, List.of(), Map.of());
    }

    /** With what a life has shown so far, which has not ended. */
    RevisionMemory with(LifeSummary life) {
        List<Map<Signal, Double>> held = new ArrayList<>(plateaus);
        if (!life.heldInGoodHealth().isEmpty()) {
            Map<Signal, Double> rounded = new EnumMap<>(Signal.class);
            life.heldInGoodHealth().forEach((signal, floor) -> rounded.put(signal, rounded(floor)));
            held.add(rounded);
        }
        Instant first = life.startedAt().isBefore(firstSeen) ? life.startedAt() : firstSeen;
        return new RevisionMemory(
                revision,
                first,
                lives,
                held.subList(Math.max(0, held.size() - PLATEAUS), held.size()),
                most(life.signals()));
    }

    RevisionMemory withEnded(LifeSummary life) {
        RevisionMemory known = with(life);
        return new RevisionMemory(revision, known.firstSeen(), lives + 1, known.plateaus(), known.growth());
    }

    private Map<Signal, Map<Integer, Double>> most(Map<Signal, Floors> signals) {
        Map<Signal, Map<Integer, Double>> most = new EnumMap<>(Signal.class);
        growth.forEach((signal, byAge) -> most.put(signal, new TreeMap<>(byAge)));
        signals.forEach((signal, floors) -> {
            if (!floors.growth().isEmpty()) {
                Map<Integer, Double> byAge = most.computeIfAbsent(signal, any -> new TreeMap<>());
                floors.growth().forEach((age, grown) -> byAge.merge(age, rounded(grown), Math::max));
            }
        });
        return most;
    }

    /** Three significant digits: what is kept for months in an API object should be short, and no bar is finer than a twentieth. */
    static double rounded(double value) {
        if (value == 0) {
            return 0;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
        return Math.rint(value / unit) * unit;
    }
}
