package io.heapwarden.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The findings of one pod: the same one is counted, not repeated; what is over goes; and there are never more than {@value #MOST}, the worst of them.
 * Safe for use by many threads.
 */
public final class FindingLedger {

    /** Most findings that are kept of a pod. */
    public static final int MOST = 50;

    /** An event that did not happen again for so long is no finding any more. */
    public static final Duration EVENT_AGE = Duration.ofHours(24);

    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::lastSeen)
            .reversed();

    private final Map<Observation.Key, Finding> findings = new LinkedHashMap<>();
    private long dropped;

    /** What an observation changed. */
    public enum Change {
        /** Not known before. */
        New,
        /** Known, and worse than before. */
        Worse,
        /** Known. */
        Again,
        /** Not kept: there are {@value FindingLedger#MOST} that are as bad or worse. */
        Dropped
    }

    /**
     * What a check changed.
     *
     * @param begun findings that are new or worse
     * @param ended findings that are over
     */
    public record Changes(List<Finding> begun, List<Finding> ended) {}

    /** Goes on from what an earlier operator knew. */
    public synchronized void restore(Collection<Finding> known) {
        known.stream().limit(MOST).forEach(finding -> findings.putIfAbsent(finding.key(), finding));
    }

    /** Takes in one observation. */
    public synchronized Change see(Observation observation, Instant at) {
        Finding before = findings.get(observation.key());
        if (before == null) {
            if (findings.size() >= MOST && !makeRoom(observation.severity())) {
                dropped++;
                return Change.Dropped;
            }
            findings.put(observation.key(), Finding.first(observation, at));
            return Change.New;
        }
        Finding after = before.again(observation, at);
        findings.put(observation.key(), after);
        return after.severity().compareTo(before.severity()) > 0 ? Change.Worse : Change.Again;
    }

    /** Takes in everything that a standing source says of a container now; what it does not say any more is over. */
    public synchronized Changes stand(FindingSource source, String container, Collection<Observation> all, Instant at) {
        return stand(key -> key.source() == source && key.container().equals(container), all, at);
    }

    /** Takes in everything that a standing source says of the pod and all its containers now. */
    public synchronized Changes stand(FindingSource source, Collection<Observation> all, Instant at) {
        return stand(key -> key.source() == source, all, at);
    }

    private Changes stand(Predicate<Observation.Key> concerned, Collection<Observation> all, Instant at) {
        List<Finding> begun = new ArrayList<>();
        Set<Observation.Key> seen = new LinkedHashSet<>();
        for (Observation observation : all) {
            seen.add(observation.key());
            Change change = see(observation, at);
            if (change == Change.New || change == Change.Worse) {
                begun.add(findings.get(observation.key()));
            }
        }
        List<Finding> ended = findings.values().stream()
                .filter(finding -> concerned.test(finding.key()) && !seen.contains(finding.key()))
                .toList();
        ended.forEach(finding -> findings.remove(finding.key()));
        return new Changes(List.copyOf(begun), ended);
    }

    /** Forgets events that have not happened again for long, and hands them back. */
    public synchronized List<Finding> age(Instant now) {
        List<Finding> old = findings.values().stream()
                .filter(finding -> !finding.key().source().standing()
                        && !finding.lastSeen().plus(EVENT_AGE).isAfter(now))
                .toList();
        old.forEach(finding -> findings.remove(finding.key()));
        return old;
    }

    /** Drops what a source said that is not asked any more. */
    public synchronized void forget(FindingSource source) {
        findings.keySet().removeIf(key -> key.source() == source);
    }

    /** A finding as it stands; empty when there is none. */
    public synchronized Optional<Finding> get(Observation.Key key) {
        return Optional.ofNullable(findings.get(key));
    }

    /** The worst first; of those the latest first. */
    public synchronized List<Finding> findings() {
        return findings.values().stream().sorted(WORST_FIRST).toList();
    }

    /** The worst one; of several the latest. */
    public synchronized Optional<Finding> worst() {
        return findings.values().stream().min(WORST_FIRST);
    }

    /** Observations that found no room. */
    public synchronized long dropped() {
        return dropped;
    }

    private boolean makeRoom(Severity severity) {
        Finding mildest = findings.values().stream().max(WORST_FIRST).orElseThrow();
        if (mildest.severity().atLeast(severity)) {
            return false;
        }
        findings.remove(mildest.key());
        dropped++;
        return true;
    }
}
