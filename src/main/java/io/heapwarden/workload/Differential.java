package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.workload.LifeSummary.Floors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the growth of a life with that of earlier revisions at the same age: the differential analysis of Matias et al. (2014, 2016), which
 * needs less time than a test for a trend, because what a program does while it warms up is in both and falls out. A regression is told when the
 * newest age that both have, and the one before it, show at least {@value #FACTOR} times the growth of the most growing earlier life, when the
 * difference is worth mention, and while it still grows between the two ages: a higher plateau is no regression.
 */
final class Differential {

    static final double FACTOR = 2;

    /** The difference must be this share of the limit, where there is one. */
    static final double LEAST_SHARE_OF_LIMIT = 0.05;

    private static final long LEAST_BYTES = 16L << 20;
    private static final long LEAST_THREADS = 32;

    /** Causes before their effects: threads and classes hold memory, but not the other way round. */
    private static final List<Signal> COMPARED =
            List.of(Signal.Threads, Signal.Metaspace, Signal.DirectBuffers, Signal.HeapAfterGC, Signal.ContainerAnon);

    private Differential() {}

    /** The regression of a life against an earlier revision; empty when there is none, or nothing to compare. */
    static Optional<Regression> of(LifeSummary life, RevisionMemory previous) {
        for (Signal signal : COMPARED) {
            Floors own = life.signals().get(signal);
            Map<Integer, Double> before = previous.growth().get(signal);
            if (own != null && before != null) {
                Optional<Regression> found = compare(life, signal, own, previous, before);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether there is an age at which both can be compared. */
    static boolean comparable(LifeSummary life, RevisionMemory previous) {
        return life.signals().entrySet().stream()
                .anyMatch(entry -> newestCommon(
                                entry.getValue().growth(), previous.growth().getOrDefault(entry.getKey(), Map.of()))
                        >= 0);
    }

    private static Optional<Regression> compare(
            LifeSummary life, Signal signal, Floors own, RevisionMemory previous, Map<Integer, Double> before) {
        int age = newestCommon(own.growth(), before);
        if (age < 0) {
            return Optional.empty();
        }
        double now = own.growth().getOrDefault(age, 0.0);
        double then = before.getOrDefault(age, 0.0);
        double nowYounger = own.growth().getOrDefault(age - 1, 0.0);
        double thenYounger = before.getOrDefault(age - 1, 0.0);
        Double limit = own.limit();
        double least = Math.max(
                signal == Signal.Threads ? LEAST_THREADS : LEAST_BYTES,
                limit == null ? 0 : LEAST_SHARE_OF_LIMIT * limit);
        boolean regressed = now >= FACTOR * then
                && nowYounger >= FACTOR * thenYounger
                && now > FloorTrack.RISEN * nowYounger
                && now - then >= least;
        return regressed
                ? Optional.of(new Regression(signal, life.revision(), previous.revision(), Ages.of(age), now, then))
                : Optional.empty();
    }

    /** The newest age both have, with the one before it; -1 when there is none. */
    private static int newestCommon(Map<Integer, Double> one, Map<Integer, Double> other) {
        for (int age = Ages.COUNT - 1; age > 0; age--) {
            if (one.containsKey(age)
                    && other.containsKey(age)
                    && one.containsKey(age - 1)
                    && other.containsKey(age - 1)) {
                return age;
            }
        }
        return -1;
    }
}
