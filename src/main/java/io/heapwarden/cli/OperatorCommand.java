package io.heapwarden.cli;

import io.heapwarden.operator.OperatorRuntime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the operator until it is told to stop. */
@Command(
        name = OperatorCommand.NAME,
        description = "Runs the operator in a cluster, or against the cluster of the current kubeconfig.",
        mixinStandardHelpOptions = true)
public class OperatorCommand implements Callable<Integer> {

    static final String NAME = "operator";

    private final OperatorRuntime runtime;

    OperatorCommand(OperatorRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Integer call() {
        return runtime.runUntilStopped();
    }
}
