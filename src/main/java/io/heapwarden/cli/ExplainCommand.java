package io.heapwarden.cli;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Assessment.SignalReading;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Figures;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.TestFigure;
import io.heapwarden.trace.Replay;
import io.heapwarden.trace.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a recorded life was judged as it was. */
@Command(
        name = "explain",
        description = "Says why a trace is judged as it is: each test with its figure and its bar, and a plot.",
        footer = {
            "",
            "A series is told when all of its tests pass. docs/growth.md has the reason of every bar.",
            "Exit codes: 0 explained; 2 the trace could not be read or has no sample."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
final class ExplainCommand implements Callable<Integer> {

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--at",
            paramLabel = "SAMPLE",
            defaultValue = "0",
            description = "Explain what was known after this many samples; default all of them.")
    int at;

    @Parameters(arity = "1", paramLabel = "FILE", description = "Trace to explain.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    /** What is collected while the trace is replayed. */
    private final LevelPlot heap = new LevelPlot();

    private final List<TestFigure> tests = new ArrayList<>();
    private @Nullable Assessment known;
    private int seen;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (TraceReader trace = TraceReader.open(file)) {
            Replay replay = Replay.of(trace, (sample, assessment, detector) -> {
                seen++;
                if (at > 0 && seen > at) {
                    return;
                }
                plot(sample);
                known = assessment;
                tests.clear();
                tests.addAll(detector.explain());
            });
            ReplayCommand.complain(file, replay, err);
            Assessment assessment = known;
            if (assessment == null) {
                return 2;
            }
            print(replay, assessment, spec.commandLine().getOut());
            return 0;
        } catch (NoSuchFileException e) {
            err.println(file + ": there is no such file");
            return 2;
        } catch (IOException e) {
            err.println(file + ": cannot be read: " + e.getMessage());
            return 2;
        }
    }

    private void plot(Sample sample) {
        Long level = sample.heapAfterGc() != null ? sample.heapAfterGc() : sample.heapUsed();
        if (level != null && level > 0) {
            heap.add(level);
        }
    }

    private void print(Replay replay, Assessment assessment, PrintWriter out) {
        out.println(file + ": " + assessment.state() + ", " + assessment.verdict() + ", confidence "
                + Figures.percent(assessment.confidence()) + ", after "
                + (at > 0 ? Math.min(at, replay.samples()) : replay.samples()) + " samples");
        assessment.reasons().forEach(reason -> out.println("  " + reason));
        Signal before = null;
        for (TestFigure test : tests) {
            if (test.signal() != before) {
                out.println();
                out.println(test.signal());
                before = test.signal();
            }
            out.println(String.format(
                    Locale.ROOT,
                    "  %-4s %-58s %14s   needs %s",
                    test.passed() ? "pass" : "no",
                    test.test(),
                    test.figure(),
                    test.bar()));
        }
        SignalReading reading = assessment.signals().get(Signal.HeapAfterGC);
        if (reading != null) {
            out.println();
            out.println(Figures.name(Signal.HeapAfterGC) + exhaustion(assessment.exhaustion()));
            Double growth = reading.growthPerHour();
            Double each = growth == null
                    ? null
                    : Double.valueOf(growth
                            / HOUR_MILLIS
                            * replay.header().life().interval().toMillis());
            heap.lines(Figures::bytes, each, reading.limit()).forEach(out::println);
        }
        out.flush();
    }

    private static String exhaustion(@Nullable Exhaustion exhaustion) {
        if (exhaustion == null || exhaustion.signal() != Signal.HeapAfterGC) {
            return "";
        }
        Duration latest = exhaustion.latest();
        return ", limit in " + Figures.duration(exhaustion.earliest())
                + (latest == null ? " or later" : " to " + Figures.duration(latest));
    }
}
