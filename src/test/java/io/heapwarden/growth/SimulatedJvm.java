package io.heapwarden.growth;

import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import io.heapwarden.jvm.Collector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A generational JVM in simulated time, the same for the same seed. Live objects follow a given curve; garbage fills the young generation
 * until a young collection; a share of it may be promoted and then lies in the old generation until an old collection. Time is counted in
 * sampling intervals, so that one scenario runs at any interval.
 */
public final class SimulatedJvm {

    public static final long MIB = 1024 * 1024;
    public static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private static final long UNIT_BYTES = 1024;
    private static final double YOUNG_BYTES = 24.0 * MIB;

    private final Random random;
    private Life life;
    private LongToDoubleFunction liveMib = step -> 10;
    private double garbageMib = 9;
    private double promotedMib;
    private double promotedAreOrders;
    private double oldCollectionAtMib = Double.MAX_VALUE;
    private boolean afterGcKnown = true;
    private boolean ordersLeak = true;
    private boolean liveHistograms;
    private LongToDoubleFunction threads = step -> 30;
    private LongToDoubleFunction metaspaceMib = step -> 40;
    private LongToDoubleFunction classes = step -> 8000;
    private LongToDoubleFunction directMib = step -> 4;
    private LongToDoubleFunction anonMib = step -> 200;

    private long step;
    private double young;
    private double promoted;
    private double afterGc;
    private long youngCollections;
    private long oldCollections;

    public SimulatedJvm(long seed, Duration interval, long maxHeapMib) {
        random = new Random(seed);
        life = new Life(START, interval, maxHeapMib * MIB, 2 * maxHeapMib * MIB, null, null, null, null);
    }

    /** Reachable objects at a step, in MiB. */
    public SimulatedJvm live(LongToDoubleFunction mib) {
        liveMib = mib;
        return this;
    }

    /** Garbage a step, in MiB. */
    public SimulatedJvm garbage(double mib) {
        garbageMib = mib;
        return this;
    }

    /** Promoted garbage a step, how much of it is made of the application's own class, and the heap level at which an old collection frees it. */
    public SimulatedJvm promoting(double mib, double shareOfOrders, double collectedAtMib) {
        promotedMib = mib;
        promotedAreOrders = shareOfOrders;
        oldCollectionAtMib = collectedAtMib;
        return this;
    }

    /** An old collection at this level, as Serial and Parallel have when the old generation is full. */
    public SimulatedJvm oldCollectionAt(double mib) {
        oldCollectionAtMib = mib;
        return this;
    }

    public SimulatedJvm withoutAfterGc() {
        afterGcKnown = false;
        return this;
    }

    public SimulatedJvm threads(LongToDoubleFunction count) {
        threads = count;
        return this;
    }

    public SimulatedJvm classLoading(LongToDoubleFunction mib, LongToDoubleFunction loaded) {
        metaspaceMib = mib;
        classes = loaded;
        return this;
    }

    public SimulatedJvm direct(LongToDoubleFunction mib) {
        directMib = mib;
        return this;
    }

    public SimulatedJvm anon(LongToDoubleFunction mib) {
        anonMib = mib;
        return this;
    }

    /** Histograms leave garbage out, as one with a collection of all objects does. */
    public SimulatedJvm liveHistograms() {
        liveHistograms = true;
        return this;
    }

    public SimulatedJvm on(Collector collector) {
        life = new Life(
                life.startedAt(),
                life.interval(),
                life.maxHeap(),
                life.containerLimit(),
                life.maxMetaspace(),
                life.maxDirect(),
                life.maxThreads(),
                collector);
        return this;
    }

    /** Reachable objects above the base are byte arrays without an own class. */
    public SimulatedJvm withoutOwnClass() {
        ordersLeak = false;
        return this;
    }

    public Life life() {
        return life;
    }

    /** Lets one interval pass and reads the JVM. */
    public Sample next(boolean histogram) {
        step++;
        double live = liveMib.applyAsDouble(step) * MIB;
        young += garbageMib * MIB * (0.8 + 0.4 * random.nextDouble());
        while (young >= YOUNG_BYTES) {
            young -= YOUNG_BYTES;
            collect(live);
        }
        promoted += promotedMib * MIB;
        double used = live + promoted + young;
        return Sample.at(START.plus(life.interval().multipliedBy(step)))
                .heapUsed((long) used)
                .heapAfterGc(afterGcKnown && youngCollections > 0 ? (long) afterGc : null)
                .heapCommitted(life.maxHeap())
                .metaspace((long) (metaspaceMib.applyAsDouble(step) * MIB))
                .classesLoaded((long) classes.applyAsDouble(step))
                .classesUnloaded(0L)
                .threads((long) threads.applyAsDouble(step))
                .direct((long) (directMib.applyAsDouble(step) * MIB))
                .anon((long) (anonMib.applyAsDouble(step) * MIB))
                .gc(new GcCount(youngCollections, oldCollections, 0.01 * youngCollections))
                .histogram(histogram ? new HeapHistogram(liveHistograms, histogram(live)) : null)
                .build();
    }

    private void collect(double live) {
        youngCollections++;
        if (live + promoted >= oldCollectionAtMib * MIB) {
            oldCollections++;
            promoted = 0;
        }
        // Survivors of the moment: young objects that are still in use.
        afterGc = live + promoted + random.nextDouble() * 0.4 * MIB;
    }

    private FixedHistogram histogram(double live) {
        double base = liveMib.applyAsDouble(0) * MIB;
        double promotedNow = liveHistograms ? 0 : promoted;
        double youngNow = liveHistograms ? 0 : young;
        double kept = Math.max(0, live - base) + promotedNow * promotedAreOrders;
        long units = (long) (kept / UNIT_BYTES);
        long orders = ordersLeak ? units : 0;
        double otherPromoted = promotedNow * (1 - promotedAreOrders);
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("com.shop.Order", 500 + orders, 32 * (500 + orders)));
        entries.add(new Entry("com.shop.Order$Key", 500 + orders, 16 * (500 + orders)));
        entries.add(new Entry("java.util.HashMap$Node", 20_000 + orders, 32 * (20_000 + orders)));
        long arrayBytes =
                (long) (base * 0.5 + units * (UNIT_BYTES - (ordersLeak ? 80 : 0)) + youngNow * 0.7 + otherPromoted);
        entries.add(new Entry("byte[]", arrayBytes / 200, arrayBytes));
        entries.add(new Entry("java.lang.String", arrayBytes / 300, arrayBytes / 300 * 24));
        for (int i = 0; i < 60; i++) {
            long count = 200 + 10L * i + (long) (youngNow / YOUNG_BYTES * 400) + random.nextInt(20);
            entries.add(new Entry("com.shop.web.Handler" + i, count, 24 * count));
        }
        return new FixedHistogram(entries);
    }

    /** Runs the detector over so many steps; a wanted histogram comes with every fifth sample. */
    public List<Assessment> run(LeakDetector detector, int steps) {
        List<Assessment> assessments = new ArrayList<>();
        @Nullable Assessment last = null;
        for (int i = 0; i < steps; i++) {
            boolean wanted = last != null && last.histogramWanted() && i % 5 == 0;
            last = detector.observe(next(wanted));
            assessments.add(last);
        }
        return assessments;
    }
}
