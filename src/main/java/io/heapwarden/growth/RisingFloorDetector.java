package io.heapwarden.growth;

import io.heapwarden.growth.DetectorCheckpoint.SeriesState;
import io.heapwarden.growth.LeakRules.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells leaks by one idea: a leak's floor never comes back. The minimum of each bucket of time is tested at several bucket lengths; class
 * histograms and old collections say whether what rises is kept or merely not collected yet. All lengths are multiples of the sampling interval,
 * so that one sample a second and one an hour are judged alike. docs/growth.md tells every rule and constant with its reason.
 */
public final class RisingFloorDetector implements LeakDetector {

    /** Samples before anything is judged. */
    static final int WARM_UP_SAMPLES = 10;

    /** Age of the JVM at which warm-up ends at the latest, given the samples. */
    static final Duration WARM_UP_AGE_AT_MOST = Duration.ofMinutes(30);

    private final Life life;

    /** By what they watch; null before the first value. */
    private final @Nullable Series[] series = new Series[Watched.values().length];

    private final ClassGrowth classes;
    private @Nullable Instant firstAt;
    private @Nullable BucketClock clock;
    private Instant lastAt = Instant.EPOCH;
    private long samples;
    private boolean warm;
    private HeapSource heapSource = HeapSource.None;
    private GcLoad gcLoad;
    private NewestSizes sizes = new NewestSizes();
    private State state = State.WarmingUp;
    private @Nullable Signal told;
    private Evidence evidence = Evidence.None;
    private WorkloadKnowledge knowledge = WorkloadKnowledge.NONE;

    /** Starts to watch a life. */
    public RisingFloorDetector(Life life) {
        this(life, new ClassGrowth());
    }

    private RisingFloorDetector(Life life, ClassGrowth classes) {
        if (life.interval().toMillis() <= 0) {
            throw new IllegalArgumentException("sampling interval must be at least 1 ms, but is " + life.interval());
        }
        this.life = life;
        this.gcLoad = new GcLoad(life.interval().toMillis());
        this.classes = classes;
    }

    /**
     * Goes on from a checkpoint of the same life as if there had been no break. A checkpoint made with another sampling interval, or without
     * a sample, starts anew, since its buckets have other lengths.
     */
    public static RisingFloorDetector restore(Life life, DetectorCheckpoint checkpoint) {
        Instant first = checkpoint.firstAt();
        if (first == null || !life.interval().equals(checkpoint.interval()) || !fits(life, first, checkpoint)) {
            return new RisingFloorDetector(life);
        }
        RisingFloorDetector detector = new RisingFloorDetector(life, new ClassGrowth(checkpoint.classes()));
        detector.firstAt = first;
        detector.lastAt = checkpoint.at();
        detector.samples = checkpoint.samples();
        detector.warm = checkpoint.warm();
        detector.heapSource = checkpoint.heapSource();
        detector.gcLoad = new GcLoad(life.interval().toMillis(), checkpoint.gcLoad());
        detector.sizes = new NewestSizes(checkpoint.memory());
        detector.state = checkpoint.state();
        detector.told = checkpoint.told();
        detector.evidence = checkpoint.evidence();
        BucketClock clock =
                new BucketClock(first.toEpochMilli(), life.interval().toMillis());
        clock.advance(checkpoint.at().toEpochMilli());
        detector.clock = clock;
        for (Watched watched : Watched.values()) {
            SeriesState kept = checkpoint.series().get(watched.ordinal());
            if (!kept.scales().isEmpty()) {
                detector.series[watched.ordinal()] = new Series(watched, clock, kept);
            }
        }
        return detector;
    }

    private static boolean fits(Life life, Instant first, DetectorCheckpoint checkpoint) {
        int scales = BucketClock.scales(life.interval().toMillis());
        return !checkpoint.at().isBefore(first)
                && checkpoint.series().size() == Watched.values().length
                && checkpoint.series().stream()
                        .allMatch(s -> s.scales().isEmpty() || s.scales().size() == scales);
    }

    @Override
    public Assessment observe(Sample sample) {
        boolean fresh = sample.at().isAfter(lastAt);
        if (fresh) {
            takeIn(sample);
        }
        Map<Watched, Growth> growths = growths();
        if (fresh && warm) {
            judge(growths);
        }
        return assess(growths);
    }

    @Override
    public void learn(WorkloadKnowledge fromOthers) {
        knowledge = fromOthers;
    }

    private void takeIn(Sample sample) {
        long at = sample.at().toEpochMilli();
        firstAt = firstAt == null ? sample.at() : firstAt;
        clock = clock == null ? new BucketClock(at, life.interval().toMillis()) : clock;
        clock.advance(at);
        lastAt = sample.at();
        samples++;
        warm |= isWarm();
        sizes.observe(sample);
        gcLoad.observe(at, sample.gc());
        takeBetterHeapSource(sample);
        for (Watched watched : Watched.values()) {
            long value = value(watched, sample);
            Series one = series[watched.ordinal()];
            if (one == null && value != BucketFloors.MISSING) {
                one = new Series(watched, clock);
                series[watched.ordinal()] = one;
            }
            if (one != null) {
                one.observe(at, value, sample.gc(), warm);
            }
        }
        if (sample.histogram() != null) {
            classes.observe(at, sample.histogram());
        }
    }

    private boolean isWarm() {
        Duration age = Duration.between(life.startedAt(), lastAt);
        Duration least = life.interval().multipliedBy(WARM_UP_SAMPLES);
        Duration needed = least.compareTo(WARM_UP_AGE_AT_MOST) < 0 ? least : WARM_UP_AGE_AT_MOST;
        return samples >= WARM_UP_SAMPLES && age.compareTo(needed) >= 0;
    }

    private long value(Watched watched, Sample sample) {
        return switch (watched) {
            case Heap -> heapSource.read(sample);
            case Live -> HeapSource.counted(sample, life.collector());
            default -> watched.read(sample);
        };
    }

    /** The heap is judged by the best source there has been; a better one begins a series of its own. */
    private void takeBetterHeapSource(Sample sample) {
        HeapSource best = HeapSource.of(sample);
        if (best.compareTo(heapSource) > 0) {
            series[Watched.Heap.ordinal()] = null;
            heapSource = best;
        }
    }

    private void judge(Map<Watched, Growth> growths) {
        Explanation explanation = explanation(growths);
        LeakRules rules = rules(growths, explanation);
        takeBackIfReturned(growths, rules);
        Finding finding = rules.find();
        if (finding != null && told == null) {
            told = finding.growth().signal();
            evidence = finding.evidence();
        }
        Growth leak = leak(growths);
        if (leak != null) {
            if (leak.signal() == Signal.HeapAfterGC) {
                Evidence now = rules.evidence(leak);
                evidence = now.compareTo(evidence) > 0 ? now : evidence;
            }
            boolean critical = LeakRules.critical(leak, evidence, life.interval(), state == State.Critical)
                    || leak.signal() == Signal.HeapAfterGC && gcLoad.share() >= LeakRules.CRITICAL_GC_SHARE;
            state = critical ? State.Critical : State.Leaking;
        } else if (told == null) {
            Growth heap = LeakRules.heap(growths);
            boolean suspect = growths.values().stream().anyMatch(Growth::worthMention)
                    || heap != null && heap.share() >= Growth.SUSPECT_SHARE && rules.classesTell(heap);
            if (!suspect && state != State.Healthy) {
                classes.clear();
            }
            state = suspect ? State.Suspect : State.Healthy;
        }
    }

    private LeakRules rules(Map<Watched, Growth> growths, Explanation explanation) {
        return new LeakRules(growths, classes, explanation, knowledge, life.collector());
    }

    /** Every test of every series as it stands now, with its figure and its bar; empty before the first sample. */
    public List<TestFigure> explain() {
        Map<Watched, Growth> growths = growths();
        return new Explainer(growths, rules(growths, explanation(growths))).explain();
    }

    /** Growth that came back was none; growth that came to rest was a cache or a buffer that is full now, unless the JVM does little but collect. */
    private void takeBackIfReturned(Map<Watched, Growth> growths, LeakRules rules) {
        Growth leak = leak(growths);
        if (leak == null) {
            return;
        }
        boolean atRest = leak.series().isPlateau(lastAt.toEpochMilli()) && gcLoad.share() < Fit.CHURNING;
        boolean returned = leak.series().risingAt() < 0 && !rules.classesGoOn(leak);
        if (returned || atRest) {
            told = null;
            evidence = Evidence.None;
        }
    }

    private @Nullable Growth leak(Map<Watched, Growth> growths) {
        if (told == Signal.HeapAfterGC) {
            return LeakRules.heap(growths);
        }
        return growths.values().stream()
                .filter(growth -> growth.signal() == told)
                .findFirst()
                .orElse(null);
    }

    private List<Series> seen() {
        return Stream.of(series).flatMap(Stream::ofNullable).toList();
    }

    private Map<Watched, Growth> growths() {
        Map<Watched, Growth> growths = new EnumMap<>(Watched.class);
        Instant first = firstAt;
        if (first == null) {
            return growths;
        }
        GrowthMeter meter = new GrowthMeter(
                life, lastAt.toEpochMilli(), Duration.between(first, lastAt).toMillis());
        for (Series one : seen()) {
            Growth growth = meter.measure(
                    one,
                    one.watched() == Watched.Heap && heapSource == HeapSource.Used,
                    one.watched() == Watched.Anon ? sizes.explained(life) : 0);
            if (growth != null) {
                growths.put(one.watched(), growth);
            }
        }
        return growths;
    }

    private Explanation explanation(Map<Watched, Growth> growths) {
        Growth heap = LeakRules.heap(growths);
        Double slope = heap == null ? null : heap.slope();
        return Explanation.of(classes, slope == null ? 0 : slope);
    }

    /** A function of the state alone, so that a sample that is left out changes nothing. */
    private Assessment assess(Map<Watched, Growth> growths) {
        Fit fit = state == State.Healthy ? Fit.of(life, sizes.memory(gcLoad), growths) : null;
        Explanation explanation = explanation(growths);
        return new Narrator(state, told, evidence, heapSource, samples, fit, knowledge)
                .assess(
                        seen(),
                        growths,
                        leak(growths),
                        classes,
                        explanation,
                        rules(growths, explanation),
                        gcLoad.share());
    }

    @Override
    public DetectorCheckpoint checkpoint() {
        List<SeriesState> states = new ArrayList<>();
        for (Watched watched : Watched.values()) {
            Series one = series[watched.ordinal()];
            states.add(one == null ? SeriesState.UNSEEN : one.checkpoint());
        }
        return new DetectorCheckpoint(
                lastAt,
                firstAt,
                life.interval(),
                samples,
                warm,
                heapSource,
                state,
                told,
                evidence,
                gcLoad.checkpoint(),
                sizes.checkpoint(),
                states,
                classes.checkpoint());
    }
}
