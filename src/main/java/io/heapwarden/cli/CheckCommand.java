package io.heapwarden.cli;

import io.heapwarden.api.Security;
import io.heapwarden.local.Check;
import io.heapwarden.local.Outcome;
import io.heapwarden.local.policy.PolicyFile;
import io.heapwarden.local.policy.PolicyFileException;
import io.heapwarden.security.images.ImageReport;
import io.heapwarden.security.images.ReportFormatException;
import io.heapwarden.security.images.Vulnerability;
import io.heapwarden.security.images.VulnerabilityReports;
import io.heapwarden.security.images.VulnerabilityRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a program and judges it, or judges a scanner's report of an image: a gate for CI. */
@Command(
        name = "check",
        description = {
            "Runs a program, judges its JVM by the objectives of a policy (no confirmed leak, when it names none), and reports. The JVM is the"
                    + " program itself or any it starts. The program's output goes through.",
            "",
            "  heapwarden check -f policy.yaml --for 5m --report junit:target/memory.xml -- java -jar app.jar",
            "",
            "A judgement takes about 40 samples at the policy's spec.sampling.interval; 1s suits a short run. The policy's selector is not"
                    + " asked.",
            "",
            "With --image-report no program runs: the vulnerabilities that a scanner found in an image are held against the policy's bars.",
            "",
            "  trivy image --format json -o report.json shop:1 && heapwarden check --image-report report.json --max-cvss 7.0",
            ""
        },
        footer = {
            "",
            "Exit code: 0 every objective is met, and nothing is above the bars; 1 one is broken, however the program ended, or something is"
                    + " above; 2 nothing could be judged: no JVM, a crash, too short a time, a policy, a report or an option that cannot be used.",
            "After --for the program and all it started get SIGTERM, and SIGKILL 10 s later. Needs Linux."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
public class CheckCommand implements Callable<Integer> {

    @Mixin
    LocalRunOptions options = new LocalRunOptions();

    @Mixin
    ImageReportOptions images = new ImageReportOptions();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The program and its arguments, after --.")
    List<String> command = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (images.report != null) {
            refuse(
                    !command.isEmpty() || options.aboutARun(),
                    "--image-report runs no program: leave out COMMAND, --for, --fail-fast and --report");
            return judge(images.report, Clock.systemUTC().instant()).exitCode();
        }
        refuse(
                images.bars(),
                "--max-cvss, --ignore-unfixed and --grace say how to judge a report: add --image-report FILE");
        refuse(
                command.isEmpty(),
                "Missing required parameter: 'COMMAND'; name a program after --, or a scanner's report with --image-report");
        return options.execute(
                (policy, probe, clock, stop) -> {
                    Check check = new Check(policy, command, options.limit, options.failFast);
                    check.cautions().forEach(caution -> System.err.println("heapwarden: " + caution));
                    return check.run(probe, clock, stop, System.err);
                },
                spec.commandLine());
    }

    private void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private Outcome judge(Path file, Instant now) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            VulnerabilityRules rules = images.rules(ofPolicy());
            ImageReport report = VulnerabilityReports.read(file);
            List<Vulnerability> above = rules.above(report, now);
            ImageReportText.of(report, rules, above, now).forEach(out::println);
            out.flush();
            if (!above.isEmpty()) {
                return Outcome.Broken;
            }
            return report.leftOut() == 0 ? Outcome.Fine : Outcome.NotJudged;
        } catch (ReportFormatException | PolicyFileException e) {
            err.println(e.getMessage());
            err.flush();
            return Outcome.NotJudged;
        }
    }

    private Security.@Nullable Images ofPolicy() throws PolicyFileException {
        if (options.policy == null) {
            return null;
        }
        Security security = PolicyFile.read(options.policy).policy().getSpec().security();
        return security == null ? null : security.images();
    }
}
