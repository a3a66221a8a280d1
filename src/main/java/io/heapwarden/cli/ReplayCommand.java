package io.heapwarden.cli;

import io.heapwarden.trace.Replay;
import io.heapwarden.trace.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges recorded lives. */
@Command(
        name = "replay",
        description = "Judges recorded traces in their own time and says what would have been said, and when.",
        footer = {
            "",
            "A trace is what `heapwarden record` writes, plain or gzipped; docs/traces.md has the format.",
            "Several files are judged at the same time and printed in the order given.",
            "Exit codes: 0 all traces were judged; 2 one could not be read or has no sample."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    /** What one trace came to: what is printed, or why there is nothing. */
    private record Outcome(Path file, @Nullable Replay replay, @Nullable String failure) {}

    /** How the outcome is printed. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text for people (default), or json: one object a line, its fields stay.")
    Format format = Format.text;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Traces to judge.")
    List<Path> files = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean allJudged = true;
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (Path file : files) {
                outcomes.add(workers.submit(() -> judge(file)));
            }
            for (Future<Outcome> outcome : outcomes) {
                allJudged &= print(outcome.get(), out);
                out.flush();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return allJudged ? 0 : 2;
    }

    private static Outcome judge(Path file) {
        try (TraceReader trace = TraceReader.open(file)) {
            return new Outcome(file, Replay.of(trace), null);
        } catch (NoSuchFileException e) {
            return new Outcome(file, null, "there is no such file");
        } catch (IOException e) {
            return new Outcome(file, null, "cannot be read: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    private boolean print(Outcome outcome, PrintWriter out) {
        PrintWriter err = spec.commandLine().getErr();
        Replay replay = outcome.replay;
        if (replay == null) {
            err.println(outcome.file + ": " + outcome.failure);
            err.flush();
            return false;
        }
        complain(outcome.file, replay, err);
        if (format == Format.json) {
            out.println(ReplayJson.line(outcome.file.toString(), replay));
        } else {
            ReplayText.print(outcome.file.toString(), replay, out);
        }
        return replay.samples() > 0;
    }

    static void complain(Path file, Replay replay, PrintWriter err) {
        replay.assumptions().forEach(assumption -> err.println(file + ": " + assumption));
        replay.firstBad().forEach(err::println);
        long more = replay.badLines() - replay.firstBad().size();
        if (more > 0) {
            err.println(file + ": " + more + " more lines cannot be used.");
        }
        if (replay.samples() == 0) {
            err.println(file + ": there is no sample in it, so there is nothing to judge.");
        }
        err.flush();
    }
}
