package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.growth.State;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.operator.ContainerView.LeftAlone;
import io.heapwarden.operator.ContainerView.ProbeTrouble;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.probe.Vitals;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.workload.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows one container through its lives: asks it, has the answers judged, and remembers what came of it. Used by one thread at a time. */
public final class ContainerMonitor {

    /** Failures in a row after which nothing certain is known any more. */
    static final int FAILURES_UNTIL_UNREACHABLE = 3;

    /** Longest distance between two looks at a container that is left alone. */
    static final Duration LONGEST_DISTANCE = Duration.ofHours(1);

    private static final int REFUSALS_KEPT = 5;

    /** Two readings of one JVM's start may differ by this much, since one source counts in clock ticks since boot. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private final String container;
    private final ProbeChoice probes;
    private final OperatorMetrics metrics;
    private final Origin alone = Origin.alone();
    private final Deque<ProbeTrouble> troubles = new ArrayDeque<>();

    private @Nullable ContainerCheckpoint pendingCheckpoint;
    private String containerId = "";
    private volatile @Nullable JudgedLife life;
    private @Nullable JvmReading reading;
    private @Nullable Assessment assessment;
    private @Nullable LeftAlone leftAlone;
    private State state = State.WarmingUp;
    private Instant since = Instant.EPOCH;
    private Instant askAgainAt = Instant.EPOCH;
    private Instant lastHistogram = Instant.EPOCH;
    private @Nullable Instant lastSample;
    private @Nullable CounterRates rates;
    private Duration distance = Duration.ZERO;
    private int failures;
    private long samples;
    private long histograms;

    public ContainerMonitor(
            String container, ProbeChoice probes, OperatorMetrics metrics, @Nullable ContainerCheckpoint checkpoint) {
        this.container = container;
        this.probes = probes;
        this.metrics = metrics;
        this.pendingCheckpoint = checkpoint;
    }

    /** Asks once, if it is time to, and says what is known now. */
    ContainerView sample(Target target, Origin origin, PolicyPlan plan, Clock clock) {
        Instant now = clock.instant();
        if (!target.containerId().equals(containerId)) {
            beginContainer(target.containerId(), origin, now);
        }
        if (!now.isBefore(askAgainAt)) {
            metrics.sampled(ask(target, origin, plan, now), Duration.between(now, clock.instant()));
        }
        return view();
    }

    /** The same for a program that has no workload to learn from. */
    public ContainerView sample(Target target, PolicyPlan plan, Clock clock) {
        return sample(target, alone, plan, clock);
    }

    public ContainerView view() {
        JudgedLife judged = life;
        return new ContainerView(
                container,
                state,
                since,
                reading,
                assessment,
                leftAlone,
                List.copyOf(troubles),
                lastSample,
                samples,
                histograms,
                judged == null ? null : judged.fleet().orElse(null),
                rates);
    }

    @Nullable
    ContainerCheckpoint checkpoint() {
        JudgedLife judged = life;
        return judged == null ? pendingCheckpoint : judged.checkpoint();
    }

    public @Nullable JudgedLife life() {
        return life;
    }

    private ProbeOutcome ask(Target target, Origin origin, PolicyPlan plan, Instant now) {
        return switch (probes.under(plan).counters(target)) {
            case Success<JvmReading>(JvmReading fresh) -> {
                accept(target, origin, fresh, plan, now);
                yield ProbeOutcome.Taken;
            }
            case Refusal<JvmReading>(RefusalReason reason, String detail) -> {
                refused(reason, detail, plan, now);
                yield ProbeOutcome.Refused;
            }
            case Failure<JvmReading>(ProbeResult.FailureReason reason, String detail) -> {
                failed("counters", reason.name(), detail, now);
                yield ProbeOutcome.Failed;
            }
        };
    }

    private void beginContainer(String id, Origin origin, Instant now) {
        endLife(origin.before() == Ending.Running ? Ending.Stopped : origin.before());
        containerId = id;
        life = null;
        reading = null;
        rates = null;
        assessment = null;
        leftAlone = null;
        askAgainAt = Instant.EPOCH;
        distance = Duration.ZERO;
        failures = 0;
        samples = 0;
        histograms = 0;
        troubles.clear();
        moveTo(State.WarmingUp, now);
    }

    private void endLife(Ending how) {
        JudgedLife ending = life;
        if (ending != null) {
            pendingCheckpoint = ending.checkpoint();
            ending.end(how);
        }
    }

    private void accept(Target target, Origin origin, JvmReading fresh, PolicyPlan plan, Instant now) {
        JudgedLife judged = lifeOf(target, origin, fresh, plan);
        Sample sample = withHistogramIfDue(target, fresh, plan, now);
        Vitals before = reading == null ? null : reading.vitals();
        rates = fresh.vitals() == null ? null : fresh.vitals().since(before);
        reading = fresh;
        leftAlone = null;
        distance = Duration.ZERO;
        failures = 0;
        samples++;
        lastSample = sample.at();
        Assessment fromSample = judged.observe(sample, plan, origin);
        assessment = fromSample;
        moveTo(fromSample.state(), now);
        Duration pace = SamplingPace.distance(plan.interval(), state, since, samples, now);
        // Turns come a little late now and then; the one that is meant must not be missed for that.
        askAgainAt = now.plus(pace).minus(plan.interval().dividedBy(2));
    }

    private JudgedLife lifeOf(Target target, Origin origin, JvmReading fresh, PolicyPlan plan) {
        JudgedLife current = life;
        boolean sameJvm = current != null && current.isOf(fresh.jvm().startedAt(), START_TOLERANCE);
        boolean sameWay =
                reading == null || reading.route().kind() == fresh.route().kind();
        if (current != null && sameJvm && sameWay && current.isAskedEvery(plan.interval())) {
            if (current.isWithin(fresh.containerLimit())) {
                return current;
            }
            // Resized in place: the same life goes on under another limit.
            pendingCheckpoint = current.checkpoint();
        } else if (current != null) {
            if (sameJvm) {
                // Two sources never say quite the same, and the difference must not be taken for growth.
                pendingCheckpoint =
                        sameWay ? current.checkpoint() : current.checkpoint().ofEarlierLife();
            } else {
                // A JVM that another one follows in a container that goes on: nobody says why it ended.
                endLife(Ending.Crashed);
            }
            assessment = null;
            samples = 0;
            histograms = 0;
        }
        Life facts = new Life(
                fresh.jvm().startedAt(),
                plan.interval(),
                fresh.maxHeap(),
                fresh.containerLimit(),
                fresh.maxMetaspace(),
                fresh.maxDirect(),
                fresh.maxThreads(),
                fresh.jvm().collector());
        JudgedLife begun = JudgedLife.begin(target.containerId(), facts, origin, pendingCheckpoint, START_TOLERANCE);
        pendingCheckpoint = null;
        life = begun;
        return begun;
    }

    private Sample withHistogramIfDue(Target target, JvmReading fresh, PolicyPlan plan, Instant now) {
        Assessment last = assessment;
        if (!plan.histogramDue(last != null && last.histogramWanted(), lastHistogram, now)) {
            return fresh.sample();
        }
        Instant before = lastHistogram;
        lastHistogram = now;
        return switch (probes.under(plan).histogram(target, fresh, plan.liveHistogram(), plan.maxPause())) {
            case Success<ClassHistogram>(ClassHistogram classes) -> {
                histograms++;
                metrics.histogram(ProbeOutcome.Taken);
                yield fresh.sample().with(new HeapHistogram(plan.liveHistogram(), classes));
            }
            case Refusal<ClassHistogram>(RefusalReason reason, String detail) -> {
                if (reason == RefusalReason.OthersPaused) {
                    lastHistogram = before;
                }
                note("histogram", reason.name(), detail, now);
                metrics.histogram(ProbeOutcome.Refused);
                yield fresh.sample();
            }
            case Failure<ClassHistogram>(ProbeResult.FailureReason reason, String detail) -> {
                note("histogram", reason.name(), detail, now);
                metrics.histogram(ProbeOutcome.Failed);
                yield fresh.sample();
            }
        };
    }

    private void refused(RefusalReason reason, String detail, PolicyPlan plan, Instant now) {
        metrics.refused(reason);
        // Nearly full, a container keeps its state: what was last seen says more than that it is not looked at.
        if (reason == RefusalReason.NotEnoughHeadroom) {
            note("counters", reason.name(), detail, now);
        } else if (reason.standing()) {
            leaveAlone(reason, detail, plan, now);
        } else {
            failed("counters", reason.name(), detail, now);
        }
    }

    private void leaveAlone(RefusalReason reason, String detail, PolicyPlan plan, Instant now) {
        leftAlone = new LeftAlone(reason.name(), detail);
        distance = distance.isZero() ? plan.interval() : shorter(distance.multipliedBy(2), LONGEST_DISTANCE);
        askAgainAt = now.plus(distance);
    }

    private void failed(String what, String reason, String detail, Instant now) {
        note(what, reason, detail, now);
        if (++failures >= FAILURES_UNTIL_UNREACHABLE) {
            moveTo(State.Unreachable, now);
        }
    }

    private void note(String what, String reason, String detail, Instant now) {
        troubles.addFirst(new ProbeTrouble(now, what, reason, detail));
        while (troubles.size() > REFUSALS_KEPT) {
            troubles.removeLast();
        }
    }

    private void moveTo(State next, Instant now) {
        if (state != next || since.equals(Instant.EPOCH)) {
            state = next;
            since = now;
        }
    }

    /** What came of a probe, as metrics count it. */
    private enum ProbeOutcome {
        Taken,
        Refused,
        Failed
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
