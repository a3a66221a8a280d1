package io.heapwarden.cli;

import io.heapwarden.local.Outcome;
import io.heapwarden.local.ReportFile;
import io.heapwarden.local.RunReport;
import io.heapwarden.local.StopSignal;
import io.heapwarden.local.TextReport;
import io.heapwarden.local.policy.PolicyFile;
import io.heapwarden.local.policy.PolicyFileException;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.ProbeLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What {@code watch} and {@code check} have in common: the policy, how long, and where the reports go. */
final class LocalRunOptions {

    @Option(
            names = {"-f", "--policy"},
            paramLabel = "FILE",
            description = "File with the MemoryPolicy, as for kubectl apply. Required to run or watch a program.")
    @Nullable
    Path policy;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "End after this long, such as 90s or 5m.")
    @Nullable
    Duration limit;

    @Option(names = "--fail-fast", description = "End as soon as an objective is broken.")
    boolean failFast;

    @Option(
            names = "--report",
            paramLabel = "FORM:FILE",
            converter = ReportOption.class,
            description = {
                "Also write the report to a file: junit:FILE (JUnit XML), sarif:FILE (SARIF 2.1.0) or text:FILE.",
                "May be given several times."
            })
    List<ReportFile> reports = List.of();

    /** What is done under the policy. */
    interface Run {
        RunReport with(PolicyFile policy, JvmProbe probe, Clock clock, StopSignal stop) throws InterruptedException;
    }

    /** Reads the policy, does the run, prints and writes the reports; returns the exit code. */
    int execute(Run run, CommandLine commandLine) throws InterruptedException {
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        if (policy == null) {
            throw new ParameterException(commandLine, "Missing required option: '--policy=FILE'");
        }
        PolicyFile file;
        try {
            file = PolicyFile.read(policy);
        } catch (PolicyFileException e) {
            err.println(e.getMessage());
            err.flush();
            return Outcome.NotJudged.exitCode();
        }
        Clock clock = Clock.systemUTC();
        try (StopSignal stop = StopSignal.ofThisProcess()) {
            RunReport report = run.with(file, new LocalProbe(clock, ProbeLimits.DEFAULTS), clock, stop);
            out.print(TextReport.of(report));
            out.flush();
            return stop.endWith(written(report, err) ? report.outcome().exitCode() : Outcome.NotJudged.exitCode());
        }
    }

    /** Whether anything is said that concerns a run alone. */
    boolean aboutARun() {
        return limit != null || failFast || !reports.isEmpty();
    }

    private boolean written(RunReport report, PrintWriter err) {
        boolean all = true;
        for (ReportFile file : reports) {
            try {
                file.write(report, ApplicationVersion.current());
            } catch (IOException e) {
                err.println("The report " + file.file() + " cannot be written: " + e);
                err.flush();
                all = false;
            }
        }
        return all;
    }

    /** Reads {@code FORM:FILE}. */
    static final class ReportOption implements ITypeConverter<ReportFile> {
        @Override
        public ReportFile convert(String text) {
            try {
                return ReportFile.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
