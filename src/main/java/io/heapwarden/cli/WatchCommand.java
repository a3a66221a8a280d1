package io.heapwarden.cli;

import io.heapwarden.local.LabelRule;
import io.heapwarden.local.Watch;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Applies a policy to the JVMs of this machine. */
@Command(
        name = "watch",
        description = {
            "Applies a policy to the JVMs of this machine: shows them in a table, and ends with a report on Ctrl-C, after --for, or when all of"
                    + " them have ended. JVMs that appear later are taken in.",
            "",
            "The policy's selector is asked of labels. Every JVM has main (its main class, or the file name of its jar), pid and user; --label"
                    + " gives it more. For a policy that selects app: checkout:",
            "",
            "  heapwarden watch -f policy.yaml --label app=checkout@com.shop.Main",
            ""
        },
        footer = {
            "",
            "Exit code: 0 every objective is met, 1 one is broken, 2 nothing could be judged.",
            "Needs Linux. Nothing is restarted: responses of the policy are not carried out."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
public class WatchCommand implements Callable<Integer> {

    @Mixin
    LocalRunOptions options = new LocalRunOptions();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE[@TEXT]",
            converter = LabelOption.class,
            description = {
                "Give this label to the JVMs whose command line (options, main class, arguments) contains TEXT, in which * stands for any"
                        + " characters; without @TEXT, to every JVM.",
                "May be given several times."
            })
    List<LabelRule> labels = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return options.execute(
                (policy, probe, clock, stop) -> new Watch(policy, labels, options.limit, options.failFast)
                        .run(probe, clock, stop, System.out, System.err),
                spec.commandLine());
    }

    /** Reads {@code KEY=VALUE@TEXT}. */
    static final class LabelOption implements ITypeConverter<LabelRule> {
        @Override
        public LabelRule convert(String text) {
            try {
                return LabelRule.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
