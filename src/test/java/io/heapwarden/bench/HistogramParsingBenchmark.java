package io.heapwarden.bench;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HistogramParser;
import io.heapwarden.jvm.HistogramRows;
import io.heapwarden.jvm.MalformedOutputException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How fast histograms are parsed when their classes are known, on one core: into room that is used again, and into a result to keep. The text has
 * 12,000 rows in the format of JDK 25, with a tenth of lambdas, as applications on large frameworks have.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx256m")
public class HistogramParsingBenchmark {

    private static final int ROWS = 12_000;
    private static final int LAMBDA_EVERY = 10;
    private static final double NANOS_PER_BYTE_TO_MEGABYTES_PER_SECOND = 1000;

    private final HistogramParser parser = new HistogramParser(new ClassNames());
    private final HistogramRows rows = new HistogramRows();
    private byte[] text = {};

    /** Makes the text. */
    @Setup
    public void writeHistogram() {
        text = histogram();
    }

    /** Parses into room that is used again. */
    @Benchmark
    public int parse() throws MalformedOutputException {
        parser.parse(text, text.length, rows);
        return rows.size();
    }

    /** Parses into room that is used again, and copies the result to keep. */
    @Benchmark
    public ClassHistogram parseAndKeep() throws MalformedOutputException {
        parser.parse(text, text.length, rows);
        return rows.toHistogram();
    }

    static byte[] histogram() {
        StringBuilder text = new StringBuilder(" num     #instances         #bytes  class name (module)\n"
                + "-------------------------------------------------------\n");
        long instances = 0;
        long bytes = 0;
        for (int row = 1; row <= ROWS; row++) {
            long count = 1 + 200_000L / row;
            long size = count * 24;
            instances += count;
            bytes += size;
            String name = row % LAMBDA_EVERY == 0
                    ? "org.springframework.boot.autoconfigure.Step" + row / 100
                            + String.format(Locale.ROOT, "$$Lambda/0x%016x", 0x7f97bc000000L + row * 544L)
                    : row % 3 == 0
                            ? "java.util.concurrent.Generated" + row + "$Node (java.base@25.0.3)"
                            : "com.shop.checkout.domain.order.OrderLine" + row + "Entity";
            text.append(String.format(Locale.ROOT, "%4d: %13d  %13d  %s\n", row, count, size, name));
        }
        return text.append(String.format(Locale.ROOT, "Total %13d  %13d\n", instances, bytes))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Runs the benchmark and prints its figures in words. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(HistogramParsingBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        int bytes = histogram().length;
        String parsing = "";
        for (RunResult result : results) {
            double nanos = result.getPrimaryResult().getScore();
            double allocated =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            String figures = String.format(
                    Locale.ROOT,
                    "%.0f MB/s, %.2f bytes allocated per row",
                    bytes / nanos * NANOS_PER_BYTE_TO_MEGABYTES_PER_SECOND,
                    allocated / ROWS);
            if (result.getParams().getBenchmark().endsWith("AndKeep")) {
                System.out.println("histogram parsing with a result to keep: " + figures);
            } else {
                parsing = figures;
            }
        }
        System.out.println("histogram parsing: " + parsing);
    }
}
