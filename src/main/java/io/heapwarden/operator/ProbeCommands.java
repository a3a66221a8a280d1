package io.heapwarden.operator;

import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.OperatorMetrics;
import java.time.Duration;
import java.util.List;

/** Counts the commands that are run in containers. */
record ProbeCommands(CommandRunner runner, OperatorMetrics metrics) implements CommandRunner {

    /** Ways into a container, as metrics name them. */
    private enum Kind {
        Exec
    }

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        metrics.probeCommand(Kind.Exec);
        return runner.run(target, command, timeout, outputCap);
    }

    @Override
    public String name() {
        return runner.name();
    }
}
