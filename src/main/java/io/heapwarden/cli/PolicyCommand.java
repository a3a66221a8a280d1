package io.heapwarden.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be made of a policy without a cluster. */
@Command(
        name = "policy",
        description = "Makes something else of a MemoryPolicy.",
        mixinStandardHelpOptions = true,
        subcommands = PolicyAdmissionCommand.class)
final class PolicyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
