package io.heapwarden.operator;

import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.Target;
import io.heapwarden.security.falco.OwnEchoes;
import io.heapwarden.telemetry.OperatorMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Counts the commands that are run in containers, and has them remembered, so that Falco's events of them are known for what they are. */
record ProbeCommands(ChannelKind channel, CommandRunner runner, OperatorMetrics metrics, OwnEchoes echoes, Clock clock)
        implements CommandRunner {

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        metrics.probeCommand(channel);
        echoes.ran(target.containerId(), clock.instant());
        return runner.run(target, command, timeout, outputCap);
    }

    @Override
    public String name() {
        return runner.name();
    }
}
