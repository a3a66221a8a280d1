package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.ContainerSecurityLook;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.security.FindingLedger.Changes;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmLook;
import io.heapwarden.security.jvm.PodExpectations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks at the JVM of each container and its processes, by exec, at the interval of the policy. */
final class JvmSecurityCheck implements StandingCheck {

    private static final Logger LOG = Logger.getLogger(JvmSecurityCheck.class);

    private final ContainerSecurityLook look;

    JvmSecurityCheck(ContainerSecurityLook look) {
        this.look = look;
    }

    @Override
    public List<Changes> look(Pod pod, PolicyPlan plan, PodMonitor monitor, Instant now) {
        Duration interval = plan.security().jvmInterval().orElse(null);
        if (interval == null || !plan.channels().contains(ChannelKind.Exec)) {
            return List.of();
        }
        return monitor.view().containers().stream()
                .filter(container -> container.leftAlone() == null && container.reading() != null)
                .filter(container -> !now.isBefore(
                        monitor.memory().lastLook(container.container()).plus(interval)))
                .flatMap(container -> changes(pod, plan, monitor, container, now).stream())
                .toList();
    }

    @Override
    public String obstacle(PolicyPlan plan) {
        return plan.security().jvmInterval().isEmpty() || plan.channels().contains(ChannelKind.Exec)
                ? ""
                : "spec.security.jvm looks by exec, which spec.sampling.channels does not allow: add Exec there";
    }

    private Optional<Changes> changes(
            Pod pod, PolicyPlan plan, PodMonitor monitor, ContainerView container, Instant now) {
        String name = container.container();
        Target target = monitor.target(name);
        JvmReading reading = container.reading();
        if (target == null || reading == null) {
            return Optional.empty();
        }
        monitor.memory().looked(name, now);
        return switch (look.look(target, reading.jvm(), monitor.memory().basis(name))) {
            case Success<JvmFacts>(JvmFacts facts) -> {
                JvmLook judged = JvmLook.first(facts, expected(pod, plan), now)
                        .after(monitor.memory().jvm(name))
                        .with(monitor.life(name).map(JudgedLife::vulnerable).orElse(List.of()));
                monitor.memory().jvm(name, facts);
                yield Optional.of(monitor.findings().stand(FindingSource.Jvm, name, judged.observations(name), now));
            }
            case Refusal<JvmFacts> refused -> {
                LOG.debugf("No security look at %s: %s", monitor.key(), refused.detail());
                yield Optional.empty();
            }
            case Failure<JvmFacts> failed -> {
                LOG.debugf("No security look at %s: %s", monitor.key(), failed.detail());
                yield Optional.empty();
            }
        };
    }

    private static PodExpectations expected(Pod pod, PolicyPlan plan) {
        Set<Integer> ports = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .map(port -> port.getContainerPort())
                .collect(Collectors.toSet());
        return new PodExpectations(ports, plan.security().allowedAgents());
    }
}
