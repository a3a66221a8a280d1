package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.LeakDetector;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveCheckpoint;
import io.heapwarden.objective.ObjectiveTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of a container under judgement: the detector and the objectives that watch it. Sampled by one thread; others read how the objectives
 * stand.
 */
public final class JudgedLife {

    private final String containerId;
    private final Life life;
    private final LeakDetector detector;
    private final List<ObjectiveCheckpoint> earlier;
    private final Map<GrowthObjective, ObjectiveTracker> trackers = new LinkedHashMap<>();

    private JudgedLife(String containerId, Life life, LeakDetector detector, List<ObjectiveCheckpoint> earlier) {
        this.containerId = containerId;
        this.life = life;
        this.detector = detector;
        this.earlier = earlier;
    }

    /**
     * Begins a life, or goes on with it when the checkpoint is of the same one. A checkpoint of an earlier life of the container still tells how
     * much error budget was spent: running out of memory must not win it back.
     */
    static JudgedLife begin(
            String containerId, Life life, @Nullable ContainerCheckpoint checkpoint, Duration tolerance) {
        if (checkpoint != null
                && checkpoint.containerId().equals(containerId)
                && near(checkpoint.jvmStartedAt(), life.startedAt(), tolerance)) {
            return new JudgedLife(
                    containerId,
                    life,
                    RisingFloorDetector.restore(life, checkpoint.detector()),
                    checkpoint.objectives());
        }
        List<ObjectiveCheckpoint> spent = checkpoint == null
                ? List.of()
                : checkpoint.objectives().stream()
                        .map(ObjectiveCheckpoint::ofEarlierLife)
                        .toList();
        return new JudgedLife(containerId, life, new RisingFloorDetector(life), spent);
    }

    /** Whether this life goes on: the same JVM, asked at the same interval. */
    boolean isOf(Instant startedAt, Duration interval, Duration tolerance) {
        return life.interval().equals(interval) && near(life.startedAt(), startedAt, tolerance);
    }

    synchronized Assessment observe(Sample sample, PolicyPlan plan) {
        Assessment assessment = detector.observe(sample);
        trackers.keySet().retainAll(plan.objectives());
        for (GrowthObjective objective : plan.objectives()) {
            trackers.computeIfAbsent(objective, this::tracker).observe(sample, assessment);
        }
        return assessment;
    }

    public synchronized Optional<ObjectiveTracker> tracker(String objective) {
        return trackers.values().stream()
                .filter(tracker -> tracker.objective().name().equals(objective))
                .findFirst();
    }

    synchronized ContainerCheckpoint checkpoint() {
        return new ContainerCheckpoint(
                containerId,
                life.startedAt(),
                detector.checkpoint(),
                trackers.values().stream().map(ObjectiveTracker::checkpoint).toList());
    }

    private ObjectiveTracker tracker(GrowthObjective objective) {
        ObjectiveTracker tracker = new ObjectiveTracker(objective, life.interval());
        earlier.forEach(tracker::restore);
        return tracker;
    }

    private static boolean near(Instant one, Instant other, Duration tolerance) {
        return Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }
}
