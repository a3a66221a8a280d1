package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.WorkloadStatus;
import io.heapwarden.history.CheckpointCodec;
import io.heapwarden.history.MalformedCheckpointException;
import io.heapwarden.history.WorkloadCheckpoint;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.SpentTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What the workloads of each policy remember, as it stands in the policy's status: pods go and take their reports with them, the policy stays.
 * It is read once from the status and from then on written there with every change.
 */
@ApplicationScoped
public class WorkloadBook {

    /** One container of one workload. */
    record Page(String workload, String container) {}

    private static final Logger LOG = Logger.getLogger(WorkloadBook.class);

    /** Pages with most to lose first, then the newest; names make the order certain. */
    private static final Comparator<Map.Entry<Page, RememberedWorkload>> KEPT_FIRST = Comparator.comparing(
                    (Map.Entry<Page, RememberedWorkload> page) ->
                            page.getValue().encoded() == null)
            .thenComparing(page -> page.getValue().changedAt(), Comparator.reverseOrder())
            .thenComparing(page -> page.getKey().workload())
            .thenComparing(page -> page.getKey().container());

    private final PolicyCache policies;
    private final Clock clock;
    private final Map<String, Map<Page, RememberedWorkload>> byPolicyUid = new ConcurrentHashMap<>();

    WorkloadBook(PolicyCache policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** What is remembered of a container of a workload under a policy. */
    RememberedWorkload of(PolicyPlan plan, Workload workload, String container) {
        return pages(plan)
                .computeIfAbsent(
                        new Page(workload.toString(), container),
                        fresh -> new RememberedWorkload(null, null, clock.instant()));
    }

    /** The pages of a policy that its status holds, by name. */
    Map<Page, RememberedWorkload> kept(PolicyPlan plan) {
        Map<Page, RememberedWorkload> kept = new LinkedHashMap<>();
        pages(plan).entrySet().stream()
                .sorted(KEPT_FIRST)
                .limit(MemoryPolicyStatus.MOST_WORKLOADS)
                .sorted(Comparator.comparing((Map.Entry<Page, RememberedWorkload> page) ->
                                page.getKey().workload())
                        .thenComparing(page -> page.getKey().container()))
                .forEach(page -> kept.put(page.getKey(), page.getValue()));
        return kept;
    }

    /** What containers that are gone spent on an objective of a policy. */
    List<SpentTime> spent(PolicyPlan plan, GrowthObjective objective) {
        return pages(plan).values().stream().map(page -> page.spent(objective)).toList();
    }

    /** Forgets all; the next look reads the statuses again. */
    void clear() {
        byPolicyUid.clear();
    }

    /** Lets go of the policies that are gone, of workloads of which nothing is known, and of the oldest beyond what a status holds. */
    void dropAllBut(Set<String> policyUids) {
        byPolicyUid.keySet().retainAll(policyUids);
        for (Map<Page, RememberedWorkload> pages : byPolicyUid.values()) {
            pages.values().removeIf(RememberedWorkload::isIdle);
            pages.entrySet().stream()
                    .sorted(KEPT_FIRST)
                    .skip(MemoryPolicyStatus.MOST_WORKLOADS)
                    .filter(page -> page.getValue().hasNoRunningLife())
                    .toList()
                    .forEach(page -> pages.remove(page.getKey()));
        }
    }

    private Map<Page, RememberedWorkload> pages(PolicyPlan plan) {
        return byPolicyUid.computeIfAbsent(plan.uid(), uid -> {
            Map<Page, RememberedWorkload> pages = new ConcurrentHashMap<>();
            policies.policy(plan.key())
                    .map(MemoryPolicy::getStatus)
                    .map(MemoryPolicyStatus::workloads)
                    .orElse(List.of())
                    .forEach(written -> read(plan, written)
                            .ifPresent(page -> pages.put(new Page(written.workload(), written.container()), page)));
            return pages;
        });
    }

    private static Optional<RememberedWorkload> read(PolicyPlan plan, WorkloadStatus written) {
        String text = written.checkpoint();
        if (text == null) {
            return Optional.empty();
        }
        try {
            WorkloadCheckpoint checkpoint = CheckpointCodec.decodeWorkload(text);
            return Optional.of(new RememberedWorkload(checkpoint, text, time(written)));
        } catch (MalformedCheckpointException unreadable) {
            LOG.warnf(
                    "What %s of policy %s remembers cannot be read, it learns anew: %s",
                    written.workload(), plan.key(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static Instant time(WorkloadStatus written) {
        return Stream.ofNullable(written.learntAt())
                .map(Instant::parse)
                .findFirst()
                .orElse(Instant.EPOCH);
    }
}
