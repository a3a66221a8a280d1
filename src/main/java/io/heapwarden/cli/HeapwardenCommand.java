package io.heapwarden.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line; every way of running Heapwarden is a subcommand. */
@TopCommand
@Command(
        name = "heapwarden",
        description = "Finds memory leaks in JVMs and acts on them with care.",
        mixinStandardHelpOptions = true,
        versionProvider = ApplicationVersion.class,
        subcommands = {
            OperatorCommand.class,
            WatchCommand.class,
            CheckCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            ExplainCommand.class,
            InspectCommand.class,
            EvidenceCommand.class,
            PolicyCommand.class
        })
public class HeapwardenCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
