package io.heapwarden.probe.ephemeral;

import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import java.time.Duration;
import java.util.List;

/**
 * Runs commands beside a container: in the debug container of its pod, which is added when it is first needed.
 *
 * @param containers adds the debug container
 * @param exec the way into it
 */
public record BesideRunner(ProbeContainers containers, CommandRunner exec) implements CommandRunner {

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        return switch (containers.ensure(target)) {
            case Refusal<String> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<String> f -> new Failure<>(f.reason(), f.detail());
            case Success<String>(String name) ->
                exec.run(
                        new Target(
                                target.namespace(),
                                target.pod(),
                                target.podUid(),
                                name,
                                target.containerId(),
                                target.facts()),
                        command,
                        timeout,
                        outputCap);
        };
    }

    @Override
    public String name() {
        return "ephemeral container";
    }
}
