package io.heapwarden.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code make evaluate} runs. Without an option it judges the whole corpus and writes the page; with one it prints what was asked for. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Replays the recorded traces and scores what the engine says against the truth.",
            "Without --part, --only, --verbose or --baselines it writes the page; with one of them it prints."
        })
final class Evaluate implements Callable<Integer> {

    @Option(
            names = "--part",
            paramLabel = "tune|report|all",
            description =
                    "the part of the corpus to judge; default all. Tune on the first, look at the second only to report.")
    private @Nullable String part;

    @Option(names = "--verbose", description = "one line a trace, the wrong ones first with their reasons")
    private boolean verbose;

    @Option(names = "--only", paramLabel = "PATTERN", description = "only traces whose file name has a match of this")
    private @Nullable String only;

    @Option(names = "--baselines", description = "score the plain rules too")
    private boolean baselines;

    @Option(names = "--traces", paramLabel = "DIR", description = "read the traces from here; default ${DEFAULT-VALUE}")
    private Path traces = Corpus.TRACES;

    @Option(names = "--page", paramLabel = "FILE", description = "write the page here; default ${DEFAULT-VALUE}")
    private Path page = Path.of("docs/evaluation.md");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    private Evaluate() {}

    /** Ends with 0, or 1 when something could not be read. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Evaluate())
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    if (!(problem instanceof IOException)) {
                        throw problem;
                    }
                    System.err.println(
                            problem instanceof NoSuchFileException
                                    ? problem.getMessage() + ": there is no such file"
                                    : problem.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Corpus corpus = Corpus.read(traces);
        boolean printOnly = part != null || only != null || verbose || baselines;
        List<Truth> chosen = corpus.truths().stream().filter(this::chosen).toList();
        Evaluation evaluation = Evaluation.of(corpus, chosen, !printOnly || baselines);
        if (verbose) {
            new OutcomeLines(evaluation.outcomes()).forEach(System.out::println);
            System.out.println();
        }
        Scores scores = Scores.of(evaluation.outcomes());
        scores.lines().forEach(System.out::println);
        if (baselines) {
            System.out.println();
            BaselineScores.best(evaluation, evaluation).forEach(System.out::println);
        }
        if (!printOnly) {
            Files.writeString(page, new EvaluationPage(evaluation).text());
            System.out.println("written: " + page);
        }
        return 0;
    }

    private boolean chosen(Truth truth) {
        String wanted = part == null ? "all" : part.toLowerCase(Locale.ROOT);
        boolean inPart =
                switch (wanted) {
                    case "all" -> true;
                    case "tune" -> truth.part() == Part.Tune;
                    case "report" -> truth.part() == Part.Report;
                    default ->
                        throw new CommandLine.ParameterException(
                                new CommandLine(this), "--part is '" + part + "' and must be tune, report or all");
                };
        return inPart
                && (only == null || Pattern.compile(only).matcher(truth.trace()).find());
    }
}
