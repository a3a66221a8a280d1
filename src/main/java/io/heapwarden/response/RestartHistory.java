package io.heapwarden.response;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was done and tried in a whole installation, in at least the last 24 hours and the longest cooldown.
 *
 * @param entries in any order
 */
public record RestartHistory(List<Entry> entries) {

    /** Of nothing that was done. */
    public static final RestartHistory EMPTY = new RestartHistory(List.of());

    public RestartHistory {
        entries = List.copyOf(entries);
    }

    /**
     * One thing that was done or tried.
     *
     * @param namespace where the workload is
     * @param action what
     */
    public record Entry(String namespace, PastAction action) {

        boolean isOf(String otherNamespace, String workload) {
            return namespace.equals(otherNamespace) && action.workload().equals(workload);
        }
    }

    /** Of one workload, oldest first. */
    List<PastAction> of(String namespace, String workload) {
        return entries.stream()
                .filter(entry -> entry.isOf(namespace, workload))
                .map(Entry::action)
                .sorted(Comparator.comparing(PastAction::at))
                .toList();
    }

    /** The newest act on any other workload. */
    Optional<PastAction> lastActElsewhere(String namespace, String workload) {
        return entries.stream()
                .filter(entry -> !entry.isOf(namespace, workload))
                .map(Entry::action)
                .filter(action -> action.outcome().isAct())
                .max(Comparator.<PastAction, Instant>comparing(PastAction::at));
    }
}
