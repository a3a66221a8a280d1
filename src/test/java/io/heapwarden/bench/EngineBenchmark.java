package io.heapwarden.bench;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.FixedHistogram;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.growth.SimulatedJvm;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the engine costs: a sample of counters of a healthy and of a leaking container, a histogram of 6,000 classes, and the memory that
 * containers take: 10,000 healthy ones of which only the heap moves, 10,000 of which everything moves, and suspects with as many classes as are followed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx512m")
public class EngineBenchmark {

    private static final int CLASSES = 6_000;
    private static final int CONTAINERS = 10_000;
    private static final int SUSPECTS = 1_000;
    private static final int GROWING_CLASSES = CLASSES / 10;
    private static final int LIFE = 1_440;
    private static final int HISTOGRAMS = 12;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private SimulatedJvm steady = steady(1);
    private SimulatedJvm leaking = leaking(1);
    private RisingFloorDetector healthy = new RisingFloorDetector(steady.life());
    private RisingFloorDetector suspect = new RisingFloorDetector(leaking.life());
    private Sample withHistogram = leaking.next(false);
    private long step;

    /** Lives through a day first. */
    @Setup
    public void live() {
        steady.run(healthy, LIFE);
        leaking.run(suspect, LIFE);
    }

    /** The next sample of a calm container; making it is measured as well and takes about a tenth of a microsecond. */
    @Benchmark
    public Assessment healthySample() {
        return healthy.observe(steady.next(false));
    }

    /** The next sample of a container that is watched closely. */
    @Benchmark
    public Assessment leakingSample() {
        return suspect.observe(leaking.next(false));
    }

    /** A histogram of 6,000 classes, of which some grow. */
    @Benchmark
    public Assessment histogram() {
        step++;
        Sample next = leaking.next(false);
        withHistogram = next.with(new HeapHistogram(true, classes(step)));
        return suspect.observe(withHistogram);
    }

    private static SimulatedJvm steady(long seed) {
        return new SimulatedJvm(seed, MINUTE, 256).live(any -> 40);
    }

    private static SimulatedJvm leaking(long seed) {
        return new SimulatedJvm(seed, MINUTE, 4096).live(at -> 40 + Math.min(2000, 0.5 * at));
    }

    private static SimulatedJvm restless(long seed) {
        Random random = new Random(seed);
        return new SimulatedJvm(seed, MINUTE, 1024)
                .live(at -> 300 + 80 * Math.sin(at / 200.0) + 20 * random.nextDouble())
                .threads(at -> 60 + random.nextInt(40))
                .classLoading(at -> 90 + 3 * random.nextDouble(), at -> 14_000 + random.nextInt(30))
                .direct(at -> 16 + random.nextInt(8))
                .anon(at -> 900 + 100 * random.nextDouble());
    }

    private static FixedHistogram classes(long at) {
        List<Entry> entries = new ArrayList<>(CLASSES);
        for (int i = 0; i < CLASSES; i++) {
            long instances = 10 + i + (i % (CLASSES / GROWING_CLASSES) == 0 ? 100 * at : 0);
            entries.add(new Entry(NAMES.get(i), instances, 32 * instances));
        }
        return new FixedHistogram(entries);
    }

    private static final List<String> NAMES = names();

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            names.add("com.shop.module" + i % 70 + ".Service" + i + "Handler");
        }
        return names;
    }

    /** Runs it and prints nanoseconds, and bytes a container. */
    public static void main(String[] arguments) throws RunnerException {
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(EngineBenchmark.class.getSimpleName())
                        .build())
                .run()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %.2f us%n",
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore() / 1000);
        }
        System.out.printf(
                Locale.ROOT,
                "healthy container after a day   %.0f bytes%n",
                footprint(CONTAINERS, EngineBenchmark::steady, List.of()));
        System.out.printf(
                Locale.ROOT,
                "... of which everything moves   %.0f bytes%n",
                footprint(CONTAINERS, EngineBenchmark::restless, List.of()));
        List<FixedHistogram> taken = new ArrayList<>();
        for (int i = 0; i < HISTOGRAMS; i++) {
            taken.add(classes(i));
        }
        System.out.printf(
                Locale.ROOT,
                "suspect with %d histograms      %.0f bytes%n",
                HISTOGRAMS,
                footprint(SUSPECTS, EngineBenchmark::leaking, taken));
    }

    /** Bytes of heap a detector keeps: what is in use with so many of them less what is in use without. The last samples carry the histograms. */
    private static double footprint(int containers, LongFunction<SimulatedJvm> program, List<FixedHistogram> taken) {
        List<RisingFloorDetector> detectors = new ArrayList<>(containers);
        long before = used();
        for (int i = 0; i < containers; i++) {
            SimulatedJvm jvm = program.apply(i);
            RisingFloorDetector detector = new RisingFloorDetector(jvm.life());
            for (int at = 0; at < LIFE; at++) {
                Sample sample = jvm.next(false);
                int histogram = at - LIFE + taken.size();
                detector.observe(histogram >= 0 ? sample.with(new HeapHistogram(true, taken.get(histogram))) : sample);
            }
            detectors.add(detector);
        }
        double bytes = (double) (used() - before) / containers;
        if (detectors.size() != containers) {
            throw new IllegalStateException("detectors are gone");
        }
        return bytes;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
