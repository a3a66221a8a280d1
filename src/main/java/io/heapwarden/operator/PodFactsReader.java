package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.heapwarden.probe.PodFacts;
import io.heapwarden.probe.PodFacts.Phase;
import io.heapwarden.probe.PodFacts.Port;
import io.heapwarden.probe.PodFacts.User;
import io.heapwarden.probe.ephemeral.ProbeContainers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads off a pod what decides how one of its containers may be asked. */
public final class PodFactsReader {

    /** Kubernetes' default for a probe that says none. */
    private static final int DEFAULT_PROBE_TIMEOUT_SECONDS = 1;

    private PodFactsReader() {}

    /** What a pod says of one of its containers. */
    public static PodFacts of(Pod pod, ContainerStatus status) {
        Optional<Container> spec = pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(status.getName()))
                .findFirst();
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        Workload workload = Workload.of(pod);
        return new PodFacts(
                pod.getSpec().getNodeName(),
                pod.getStatus().getHostIP(),
                pod.getStatus().getPodIP(),
                workload.kind().equals("Pod") ? null : pod.getMetadata().getNamespace() + "/" + workload,
                phase(pod, status),
                startedAt(status),
                memoryLimit(spec.orElse(null), status),
                spec.map(PodFactsReader::tightestProbe).orElse(null),
                annotations == null ? Map.of() : annotations,
                pod.getSpec().getContainers().stream().map(Container::getName).toList(),
                pod.getSpec().getContainers().stream()
                        .flatMap(PodFactsReader::ports)
                        .toList(),
                user(pod, spec.orElse(null), status),
                ProbeContainers.of(pod));
    }

    private static Phase phase(Pod pod, ContainerStatus status) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Phase.Terminating;
        }
        if (Boolean.FALSE.equals(status.getStarted())) {
            return Phase.Starting;
        }
        boolean ready = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        return ready ? Phase.Ready : Phase.NotReady;
    }

    /** The limit in force, which the kubelet tells from Kubernetes 1.33 on; that of the spec may wait for its resize. */
    private static @Nullable Long memoryLimit(@Nullable Container container, ContainerStatus status) {
        Long inForce = ResizableContainers.memoryLimit(status.getResources());
        return inForce != null || container == null
                ? inForce
                : ResizableContainers.memoryLimit(container.getResources());
    }

    private static @Nullable Duration tightestProbe(Container container) {
        return Stream.of(
                        Optional.ofNullable(container.getLivenessProbe()),
                        Optional.ofNullable(container.getReadinessProbe()))
                .flatMap(Optional::stream)
                .map(PodFactsReader::timeout)
                .min(Duration::compareTo)
                .orElse(null);
    }

    private static Duration timeout(Probe probe) {
        return Duration.ofSeconds(
                probe.getTimeoutSeconds() == null ? DEFAULT_PROBE_TIMEOUT_SECONDS : probe.getTimeoutSeconds());
    }

    private static Stream<Port> ports(Container container) {
        return container.getPorts().stream()
                .filter(port -> port.getProtocol() == null || port.getProtocol().equals("TCP"))
                .map(port -> new Port(container.getName(), port.getName(), port.getContainerPort()));
    }

    private static @Nullable Instant startedAt(ContainerStatus status) {
        return status.getState() == null
                        || status.getState().getRunning() == null
                        || status.getState().getRunning().getStartedAt() == null
                ? null
                : Instant.parse(status.getState().getRunning().getStartedAt());
    }

    /** The runtime's word where the kubelet passes it on, from Kubernetes 1.33; else the spec's, the container's before the pod's. */
    private static @Nullable User user(Pod pod, @Nullable Container container, ContainerStatus status) {
        if (status.getUser() != null && status.getUser().getLinux() != null) {
            return new User(
                    status.getUser().getLinux().getUid(),
                    status.getUser().getLinux().getGid());
        }
        Long uid = container == null || container.getSecurityContext() == null
                ? null
                : container.getSecurityContext().getRunAsUser();
        Long gid = container == null || container.getSecurityContext() == null
                ? null
                : container.getSecurityContext().getRunAsGroup();
        if (pod.getSpec().getSecurityContext() != null) {
            uid = uid == null ? pod.getSpec().getSecurityContext().getRunAsUser() : uid;
            gid = gid == null ? pod.getSpec().getSecurityContext().getRunAsGroup() : gid;
        }
        return uid == null || gid == null ? null : new User(uid, gid);
    }
}
