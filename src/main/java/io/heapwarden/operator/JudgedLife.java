package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.LeakDetector;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.State;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.ObjectiveCheckpoint;
import io.heapwarden.objective.ObjectiveTracker;
import io.heapwarden.security.jvm.VulnerableClasses;
import io.heapwarden.security.jvm.VulnerableClasses.Vulnerable;
import io.heapwarden.workload.Ending;
import io.heapwarden.workload.LifeRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of a container under judgement: the detector, the objectives that watch it, and what it leaves behind. Sampled by one thread; others read how the objectives
 * stand.
 */
public final class JudgedLife {

    private static final VulnerableClasses VULNERABLE = VulnerableClasses.shipped();

    /** What others teach is asked for when the state changes, and every so many samples: it grows over hours. */
    private static final int SAMPLES_BETWEEN_LESSONS = 8;

    private final String containerId;
    private final Life life;
    private final LeakDetector detector;
    private final LifeRecorder recorder;
    private final List<ObjectiveCheckpoint> earlier;
    private final Map<GrowthObjective, ObjectiveTracker> trackers = new LinkedHashMap<>();
    private final FloorLines floors = new FloorLines();
    private RememberedWorkload workload;
    private volatile List<Vulnerable> vulnerable = List.of();
    private Fleet fleet;
    private State state = State.WarmingUp;
    private int samplesSinceLesson;

    private JudgedLife(
            String containerId,
            Life life,
            Origin origin,
            LeakDetector detector,
            LifeRecorder recorder,
            List<ObjectiveCheckpoint> earlier) {
        this.containerId = containerId;
        this.life = life;
        this.detector = detector;
        this.recorder = recorder;
        this.earlier = earlier;
        this.workload = origin.workload();
        this.fleet = workload.observe(recorder.summary());
        detector.learn(fleet.knowledge());
    }

    /**
     * Begins a life, or goes on with it when the checkpoint is of the same one. A checkpoint of an earlier life of the container still tells how
     * much error budget was spent: running out of memory must not win it back.
     */
    static JudgedLife begin(
            String containerId,
            Life life,
            Origin origin,
            @Nullable ContainerCheckpoint checkpoint,
            Duration tolerance) {
        String id = id(containerId, life.startedAt());
        if (checkpoint == null) {
            return new JudgedLife(
                    containerId,
                    life,
                    origin,
                    new RisingFloorDetector(life),
                    new LifeRecorder(id, origin.revision(), life),
                    List.of());
        }
        if (checkpoint.containerId().equals(containerId)
                && near(checkpoint.jvmStartedAt(), life.startedAt(), tolerance)) {
            return new JudgedLife(
                    containerId,
                    life,
                    origin,
                    RisingFloorDetector.restore(life, checkpoint.detector()),
                    LifeRecorder.restore(id, origin.revision(), life, checkpoint.life()),
                    checkpoint.objectives());
        }
        return new JudgedLife(
                containerId,
                life,
                origin,
                new RisingFloorDetector(life),
                new LifeRecorder(id, origin.revision(), life),
                checkpoint.objectives().stream()
                        .map(ObjectiveCheckpoint::ofEarlierLife)
                        .toList());
    }

    /** Tells one life of a workload from another. */
    static String id(String containerId, Instant startedAt) {
        return containerId + "@" + startedAt;
    }

    /** Whether this life goes on: the same JVM. */
    boolean isOf(Instant startedAt, Duration tolerance) {
        return near(life.startedAt(), startedAt, tolerance);
    }

    /** Whether it is asked at this interval. */
    boolean isAskedEvery(Duration interval) {
        return life.interval().equals(interval);
    }

    /** Whether it is judged by this memory limit of its container, or nobody says another. */
    boolean isWithin(@Nullable Long containerLimit) {
        return containerLimit == null || containerLimit.equals(life.containerLimit());
    }

    synchronized Assessment observe(Sample sample, PolicyPlan plan, Origin origin) {
        Assessment assessment = detector.observe(sample);
        recorder.observe(sample.at(), assessment);
        floors.add(sample.at(), assessment);
        if (sample.histogram() != null) {
            vulnerable = VULNERABLE.in(sample.histogram().classes());
        }
        trackers.keySet().retainAll(plan.objectives());
        for (GrowthObjective objective : plan.objectives()) {
            trackers.computeIfAbsent(objective, this::tracker).observe(sample, assessment);
        }
        learn(origin, assessment.state());
        return assessment;
    }

    /** Classes of the last histogram that should have no instances, as a library with a known hole is in use. */
    List<Vulnerable> vulnerable() {
        return vulnerable;
    }

    /** Its lows so far. */
    FloorLines floors() {
        return floors;
    }

    /** What the other lives of the workload said last; empty where it has no workload. */
    synchronized Optional<Fleet> fleet() {
        return Origin.isAlone(fleet.revision()) ? Optional.empty() : Optional.of(fleet);
    }

    /** The JVM is gone. */
    synchronized void end(Ending how) {
        workload.ended(recorder.summary(), how);
    }

    /** It goes on, but is not followed any more. */
    synchronized void outOfSight() {
        workload.outOfSight(recorder.summary());
    }

    private void learn(Origin origin, State now) {
        boolean moved = workload != origin.workload();
        if (moved) {
            workload.outOfSight(recorder.summary());
            workload = origin.workload();
        }
        if (moved || now != state || ++samplesSinceLesson >= SAMPLES_BETWEEN_LESSONS) {
            samplesSinceLesson = 0;
            fleet = workload.observe(recorder.summary());
            detector.learn(fleet.knowledge());
        }
        state = now;
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
                trackers.values().stream().map(ObjectiveTracker::checkpoint).toList(),
                recorder.checkpoint());
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
