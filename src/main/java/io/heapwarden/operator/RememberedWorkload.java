package io.heapwarden.operator;

import io.heapwarden.growth.WorkloadKnowledge;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.history.CheckpointCodec;
import io.heapwarden.history.WorkloadCheckpoint;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveCheckpoint;
import io.heapwarden.objective.SpentTime;
import io.heapwarden.workload.Ending;
import io.heapwarden.workload.LifeSummary;
import io.heapwarden.workload.WorkloadMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one container of a workload over all its pods: the lives that go on, what those that are gone taught, and what they spent of
 * the error budgets. Used by the threads that sample its pods.
 */
final class RememberedWorkload {

    private final Map<String, LifeSummary> running = new ConcurrentHashMap<>();
    private final Map<GrowthObjective, SpentTime> spent = new LinkedHashMap<>();
    private final List<ObjectiveCheckpoint> unclaimed;
    private WorkloadMemory memory;
    private Instant changedAt;
    private boolean keepsSpent;
    private @Nullable String encoded;

    RememberedWorkload(@Nullable WorkloadCheckpoint checkpoint, @Nullable String itsText, Instant changedAt) {
        this.memory = checkpoint == null ? WorkloadMemory.NONE : checkpoint.memory();
        this.unclaimed = new ArrayList<>(checkpoint == null ? List.of() : checkpoint.spent());
        this.keepsSpent = !unclaimed.isEmpty();
        this.encoded = itsText;
        this.changedAt = changedAt;
    }

    /** Takes in how a life stands, and says what the others teach about it. */
    synchronized Fleet observe(LifeSummary life) {
        running.put(life.life(), life);
        if (life.leak() != null && memory.firstSeenIn(life.leak()).isEmpty()) {
            become(memory.noteLeak(life), life.lastAt());
        }
        WorkloadKnowledge knowledge = memory.knowledgeFor(life, running.values());
        return new Fleet(
                life.revision(),
                knowledge,
                life.leak() == null ? null : memory.firstSeenIn(life.leak()).orElse(null));
    }

    /** A life is over. */
    synchronized void ended(LifeSummary life, Ending how) {
        running.remove(life.life());
        become(memory.remember(life.ended(how)), life.lastAt());
    }

    /** A life goes on out of sight. */
    void outOfSight(LifeSummary life) {
        running.remove(life.life());
    }

    /** Whether a regression is news; from then on it is none. */
    synchronized boolean isNews(Regression found, Instant now) {
        Regression told = memory.regression();
        if (told != null
                && told.signal() == found.signal()
                && told.revision().equals(found.revision())
                && told.previous().equals(found.previous())) {
            return false;
        }
        become(memory.with(found), now);
        return true;
    }

    /** A container is gone, and what it spent stays spent. */
    synchronized void addSpent(PolicyPlan plan, Collection<ObjectiveCheckpoint> byContainer, Instant now) {
        for (GrowthObjective objective : plan.objectives()) {
            SpentTime total = spent(objective);
            byContainer.forEach(total::add);
        }
        spent.keySet().retainAll(plan.objectives());
        unclaimed.clear();
        keepsSpent = true;
        become(memory, now);
    }

    /** What containers that are gone spent on an objective. */
    synchronized SpentTime spent(GrowthObjective objective) {
        return spent.computeIfAbsent(objective, fresh -> {
            SpentTime total = new SpentTime(fresh);
            unclaimed.forEach(total::add);
            return total;
        });
    }

    synchronized WorkloadMemory memory() {
        return memory;
    }

    synchronized Instant changedAt() {
        return changedAt;
    }

    /** Whether nothing would be lost with it. */
    synchronized boolean isIdle() {
        return running.isEmpty() && isEmpty();
    }

    boolean hasNoRunningLife() {
        return running.isEmpty();
    }

    boolean isRunning(String revision) {
        return running.values().stream().anyMatch(life -> life.revision().equals(revision));
    }

    /** All of it as text, made anew only when something was learnt; null while nothing is remembered. */
    synchronized @Nullable String encoded() {
        if (encoded == null && !isEmpty()) {
            encoded = CheckpointCodec.encode(new WorkloadCheckpoint(memory, allSpent()));
        }
        return encoded;
    }

    private boolean isEmpty() {
        return memory.equals(WorkloadMemory.NONE) && !keepsSpent;
    }

    private List<ObjectiveCheckpoint> allSpent() {
        Map<String, ObjectiveCheckpoint> all = new LinkedHashMap<>();
        unclaimed.forEach(one -> all.put(one.objective(), one));
        spent.values().stream().map(SpentTime::checkpoint).forEach(one -> all.put(one.objective(), one));
        return List.copyOf(all.values());
    }

    private void become(WorkloadMemory next, Instant now) {
        memory = next;
        changedAt = now;
        encoded = null;
    }
}
