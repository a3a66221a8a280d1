package io.heapwarden.operator;

import io.heapwarden.api.WorkloadStatus;
import io.heapwarden.api.WorkloadStatus.LeakSeen;
import io.heapwarden.api.WorkloadStatus.Plateau;
import io.heapwarden.api.WorkloadStatus.RevisionSeen;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.operator.WorkloadBook.Page;
import io.heapwarden.workload.RevisionMemory;
import io.heapwarden.workload.WorkloadMemory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes what a policy's workloads remember, for people and for the operator that comes after. */
@ApplicationScoped
public class PolicyWorkloads {

    private static final Logger LOG = Logger.getLogger(PolicyWorkloads.class);

    private final WorkloadBook book;
    private final PolicyObjectives objectives;

    PolicyWorkloads(WorkloadBook book, PolicyObjectives objectives) {
        this.book = book;
        this.objectives = objectives;
    }

    List<WorkloadStatus> of(PolicyPlan plan, List<PodMonitor> pods) {
        return book.kept(plan).entrySet().stream()
                .map(page -> status(plan, page.getKey(), page.getValue(), pods))
                .toList();
    }

    private WorkloadStatus status(PolicyPlan plan, Page page, RememberedWorkload remembered, List<PodMonitor> pods) {
        WorkloadMemory memory = remembered.memory();
        Regression regression = memory.regression();
        String checkpoint = checkpoint(plan, page, remembered);
        return new WorkloadStatus(
                page.workload(),
                page.container(),
                memory.revisions().stream().map(PolicyWorkloads::revision).toList(),
                memory.plateaus().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(held -> new Plateau(
                                held.getKey().name(),
                                SignalUnit.of(held.getKey()).write(held.getValue())))
                        .toList(),
                memory.leaks().stream()
                        .map(leak -> new LeakSeen(
                                leak.signal().name(), leak.culprit(), leak.firstRevision(), leak.lastRevision()))
                        .toList(),
                regression != null && isCurrent(regression.revision(), remembered)
                        ? Phrases.regression(regression)
                        : null,
                objectives.of(plan, page, remembered, pods),
                checkpoint == null
                        ? null
                        : remembered.changedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                checkpoint);
    }

    /** A regression is of interest while its revision runs, or is the newest there was. */
    private static boolean isCurrent(String revision, RememberedWorkload remembered) {
        return remembered.isRunning(revision)
                || remembered.memory().revisions().stream().limit(1).anyMatch(newest -> newest.revision()
                        .equals(revision));
    }

    private static @Nullable String checkpoint(PolicyPlan plan, Page page, RememberedWorkload remembered) {
        String text = remembered.encoded();
        if (text != null && text.length() > WorkloadStatus.CHECKPOINT_LIMIT) {
            LOG.warnf(
                    "What %s of policy %s remembers is %d characters long, more than the %d that are kept; a restart of the operator"
                            + " will lose it. Fewer objectives make it shorter.",
                    page.workload(), plan.key(), text.length(), WorkloadStatus.CHECKPOINT_LIMIT);
            return null;
        }
        return text;
    }

    private static RevisionSeen revision(RevisionMemory revision) {
        return new RevisionSeen(
                revision.revision(),
                revision.firstSeen().truncatedTo(ChronoUnit.SECONDS).toString(),
                revision.lives());
    }
}
