package io.heapwarden.growth;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the growth of all series which one is told, on which evidence, and when it is critical. How much of the headroom the growth
 * must have used is the dial between precision and lead time: growth of unknown end that has used this share reaches the limit with about
 * that chance.
 */
final class LeakRules {

    /** Share of the headroom from which confirmed growth is told. */
    static final double SHARE = 0.40;

    /** … when histograms of live objects, or histograms and an old collection, explain it. */
    static final double EXPLAINED_SHARE = 0.38;

    /** … when what holds it is one of the containers that people bound: it is expected to fill. */
    static final double BOUNDED_SHARE = 0.66;

    /** … when the growth began late in the life, as that of a batch job does. */
    static final double LATE_SHARE = 0.60;

    /** … and when nothing has tested that. */
    static final double LATE_UNTESTED_SHARE = 0.80;

    /** … when an earlier life of the workload leaked in the same signal. */
    static final double LEAKED_BEFORE_SHARE = 0.10;

    /** … when nothing else speaks for it and the collector marks before it is full, as G1 does. */
    static final double NEARLY_FULL_SHARE = 0.75;

    /** … never, where the collector waits until everything is full: it looks at the old generation in time, and that tells. */
    static final double NEVER_UNTESTED = 2;

    /** … when the collector is not known. */
    static final double UNKNOWN_COLLECTOR_SHARE = 0.85;

    /** … when G1 has not marked yet: it does so at 45 % of the heap, young objects included, if nothing has been learnt. */
    static final double BEYOND_G1_MARKING_SHARE = 0.44;

    /** … of memory outside of what the JVM counts. */
    static final double NATIVE_SHARE = 0.50;

    /** Exponent of growth that no collection has tested. A cache that fills exponentially falls below before it has used a third of its room. */
    static final double LEAST_UNTESTED_ELASTICITY = 0.8;

    /** A confirmed leak is critical when its limit may be reached within this many intervals … */
    static final int CRITICAL_INTERVALS = 60;

    /** … but not earlier than this before the limit, however long the interval. */
    static final Duration CRITICAL_AT_MOST = Duration.ofHours(6);

    /** … or when the floor is above this share of the limit and still rising. */
    static final double CRITICAL_FILLED = 0.85;

    /** … or when the heap is so full that collections take this share of the time. */
    static final double CRITICAL_GC_SHARE = 0.5;

    /** Critical ends when the limit is twice as far away and less of it is filled than this. */
    static final double CRITICAL_ENDS_FILLED = 0.80;

    /** … of a heap whose floor is too restless for the floor test while a unit of classes rises steadily. */
    static final double BY_CLASSES_SHARE = 0.45;

    /** … which explains this share of the growth. */
    static final double BY_CLASSES_EXPLAINED = 0.45;

    private final Map<Watched, Growth> growths;
    private final ClassGrowth classes;
    private final Explanation explanation;
    private final WorkloadKnowledge knowledge;
    private final @Nullable Collector collector;

    LeakRules(
            Map<Watched, Growth> growths,
            ClassGrowth classes,
            Explanation explanation,
            WorkloadKnowledge knowledge,
            @Nullable Collector collector) {
        this.growths = growths;
        this.classes = classes;
        this.explanation = explanation;
        this.knowledge = knowledge;
        this.collector = collector;
    }

    /** The heap as it is judged: by live objects counted in histograms where these confirm growth, else by what is left after collections. */
    static @Nullable Growth heap(Map<Watched, Growth> growths) {
        Growth counted = growths.get(Watched.Live);
        Growth heap = growths.get(Watched.Heap);
        return counted != null && (heap == null || counted.confirmed() && !heap.confirmed()) ? counted : heap;
    }

    /** A leak to tell of. */
    record Finding(Growth growth, Evidence evidence) {}

    /** The leak to tell of, or null. Causes come before their effects: threads and class loaders hold heap, but not the other way round. */
    @Nullable
    Finding find() {
        Growth metaspace = growths.get(Watched.Metaspace);
        Growth threads = growths.get(Watched.Threads);
        Growth direct = growths.get(Watched.Direct);
        Growth heap = heap(growths);
        Growth anon = growths.get(Watched.Anon);
        Finding finding = null;
        if (metaspace != null && loadsClasses()) {
            finding = told(metaspace);
        }
        if (finding == null && threads != null) {
            finding = told(threads);
        }
        if (finding == null && direct != null) {
            finding = told(direct);
        }
        if (finding == null && heap != null) {
            finding = told(heap);
        }
        if (finding == null && heap != null) {
            finding = toldByClasses(heap);
        }
        if (finding == null && anon != null && nothingElseCounts()) {
            finding = told(anon);
        }
        return finding;
    }

    private boolean loadsClasses() {
        Growth loaded = growths.get(Watched.Classes);
        return loaded != null && loaded.worthMention();
    }

    private boolean nothingElseCounts() {
        return growths.values().stream()
                        .noneMatch(g ->
                                g.watched() != Watched.Anon && g.signal() != Signal.HeapAfterGC && g.worthMention())
                && !heapGrowsAsMuch();
    }

    private boolean heapGrowsAsMuch() {
        Growth heap = heap(growths);
        Growth anon = growths.get(Watched.Anon);
        return heap != null && anon != null && heap.worthMention() && 2 * heap.grown() > anon.grown();
    }

    private @Nullable Finding told(Growth growth) {
        if (!growth.confirmed() || growth.known() || withinHealthyPlateau(growth)) {
            return null;
        }
        Evidence evidence = evidence(growth);
        Double elasticity = growth.elasticity();
        boolean straight = elasticity != null && elasticity >= LEAST_UNTESTED_ELASTICITY;
        if (!straight && !evidence.tested()) {
            return null;
        }
        return growth.share() >= shareNeeded(growth, evidence) ? new Finding(growth, evidence) : null;
    }

    /** A heap whose floor is too restless for the floor test, while a unit of its classes tells plainly; what tests it must be as for any heap. */
    private @Nullable Finding toldByClasses(Growth heap) {
        Evidence evidence = evidence(heap);
        boolean bounded = explanation.inSlots() || BoundedContainers.hold(explanation);
        double needed = bounded ? BOUNDED_SHARE : BY_CLASSES_SHARE;
        return classesTell(heap) && evidence.tested() && heap.share() >= needed && !withinHealthyPlateau(heap)
                ? new Finding(heap, evidence)
                : null;
    }

    /**
     * Whether a unit of classes rises steadily over most of the heap's growth and explains enough of it, whatever the heap's floor does. As for floors,
     * growth seen for less than a day may be half of a daily swing, unless it meets its limit soon.
     */
    boolean classesTell(Growth heap) {
        double covered = explanation.until() - explanation.since();
        double headroom = heap.grown() * (1 - heap.share()) / Math.max(heap.share(), Double.MIN_NORMAL);
        return explanation.steady()
                && explanation.explainedByUnit() >= BY_CLASSES_EXPLAINED
                && covered
                        >= GrowthMeter.COVERED_SHARE
                                * (explanation.until() - heap.series().baseAt())
                && (covered >= GrowthMeter.A_DAY_AND_MORE.toMillis()
                        || headroom
                                <= explanation.unitBytesPerHour() * GrowthMeter.TOO_FAST_FOR_A_DAILY_SWING.toHours());
    }

    /** Whether classes of a leak still rise, so that a floor that goes back for a while, but not for most of the growth, does not take it back. */
    boolean classesGoOn(Growth leak) {
        return leak.signal() == Signal.HeapAfterGC
                && leak.share() >= BY_CLASSES_SHARE / 2
                && explanation.goesOn()
                && explanation.explainedByUnit() >= BY_CLASSES_EXPLAINED;
    }

    /** Share of the headroom that the growth must have used to be told on this evidence. */
    double shareNeeded(Growth growth, Evidence evidence) {
        double needed = needed(growth, evidence);
        boolean heap = growth.signal() == Signal.HeapAfterGC;
        if (heap && needed < BOUNDED_SHARE && (explanation.inSlots() || BoundedContainers.hold(explanation))) {
            needed = BOUNDED_SHARE;
        }
        boolean tested = evidence.tested() || !growth.watched().freedLazily();
        if (!growth.covering()) {
            needed = Math.max(needed, tested ? LATE_SHARE : LATE_UNTESTED_SHARE);
        }
        return tested && knowledge.leakedBefore().contains(growth.signal()) ? LEAKED_BEFORE_SHARE : needed;
    }

    private double needed(Growth growth, Evidence evidence) {
        if (growth.watched() == Watched.Anon) {
            return classes.live() && explanation.ownClass() ? SHARE : NATIVE_SHARE;
        }
        return switch (evidence) {
            case OldCollection -> growth.signal() == Signal.HeapAfterGC && !explains() ? SHARE : EXPLAINED_SHARE;
            case LiveHistograms -> EXPLAINED_SHARE;
            case HistogramsWithGarbage -> withGarbage();
            case NearlyFull, None ->
                growth.watched().freedLazily() ? nearlyFull() : growth.limit() == null ? SHARE : EXPLAINED_SHARE;
        };
    }

    /** Garbage of an application's class rises as kept objects do until the collector has looked at the old generation. */
    private double withGarbage() {
        return switch (collector == null ? Collector.Unknown : collector) {
            case ZGC, Shenandoah -> EXPLAINED_SHARE;
            case G1 -> BEYOND_G1_MARKING_SHARE;
            case Unknown -> UNKNOWN_COLLECTOR_SHARE;
            default -> NEVER_UNTESTED;
        };
    }

    private double nearlyFull() {
        return switch (collector == null ? Collector.Unknown : collector) {
            case ZGC, Shenandoah, G1 -> NEARLY_FULL_SHARE;
            case Unknown -> UNKNOWN_COLLECTOR_SHARE;
            default -> NEVER_UNTESTED;
        };
    }

    private boolean withinHealthyPlateau(Growth growth) {
        Double plateau = knowledge.healthyPlateaus().get(growth.signal());
        return plateau != null && growth.level() <= Series.ABOVE_KNOWN_PEAK * plateau;
    }

    /** What speaks for the growth of a series being kept. */
    Evidence evidence(Growth growth) {
        if (growth.signal() == Signal.HeapAfterGC) {
            return heapEvidence(growth);
        }
        return growth.watched().freedLazily() ? collected(growth) : Evidence.None;
    }

    private Evidence heapEvidence(Growth heap) {
        Evidence collected = collected(heap);
        if (collected == Evidence.OldCollection) {
            return collected;
        }
        if (heap.watched() == Watched.Live || explains() && classes.live()) {
            return Evidence.LiveHistograms;
        }
        return collected == Evidence.None && explanation.explainsWithGarbage()
                ? Evidence.HistogramsWithGarbage
                : collected;
    }

    private Evidence collected(Growth growth) {
        if (growth.series().survivedOldCollection(growth.level())) {
            return Evidence.OldCollection;
        }
        return growth.share() >= nearlyFull() ? Evidence.NearlyFull : Evidence.None;
    }

    private boolean explains() {
        return explanation.explains();
    }

    /** Whether a told leak is about to exhaust its limit. Growth that no old collection has tested is not, before its floor is near the limit. */
    static boolean critical(Growth growth, Evidence evidence, Duration interval, boolean alreadyCritical) {
        double filled = alreadyCritical ? CRITICAL_ENDS_FILLED : CRITICAL_FILLED;
        boolean nearLimit = growth.filled() > filled && (alreadyCritical || growth.recentlyRising());
        boolean tested = evidence.tested() || !growth.watched().freedLazily() || alreadyCritical;
        Exhaustion exhaustion = growth.exhaustion();
        Duration soon = interval.multipliedBy(CRITICAL_INTERVALS);
        if (soon.compareTo(CRITICAL_AT_MOST) > 0) {
            soon = CRITICAL_AT_MOST;
        }
        Duration within = alreadyCritical ? soon.multipliedBy(2) : soon;
        return nearLimit
                || (tested && exhaustion != null && exhaustion.earliest().compareTo(within) <= 0);
    }
}
