package io.heapwarden.cli;

import io.heapwarden.local.Check;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a program and judges it: a gate for CI. */
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
            ""
        },
        footer = {
            "",
            "Exit code: 0 every objective is met; 1 one is broken, however the program ended; 2 nothing could be judged: no JVM, a crash, too"
                    + " short a time, a policy or an option that cannot be used.",
            "After --for the program and all it started get SIGTERM, and SIGKILL 10 s later. Needs Linux."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
public class CheckCommand implements Callable<Integer> {

    @Mixin
    LocalRunOptions options = new LocalRunOptions();

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The program and its arguments, after --.")
    List<String> command = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return options.execute(
                (policy, probe, clock, stop) -> {
                    Check check = new Check(policy, command, options.limit, options.failFast);
                    String tooShort = check.tooShort();
                    if (tooShort != null) {
                        System.err.println("heapwarden: " + tooShort + ".");
                    }
                    return check.run(probe, clock, stop, System.err);
                },
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}
