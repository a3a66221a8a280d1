package io.heapwarden.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes says of the pod around a container. It decides which ways there are to its JVM, and when it must not be paused.
 *
 * @param node name of its node; null when it is not known, as for a local process
 * @param nodeAddress IP address of the node; null when it is not known
 * @param podAddress IP address of the pod; null when it has none yet
 * @param workload what it is a replica of, such as shop/Deployment/checkout; null when it stands alone
 * @param phase how far it is
 * @param startedAt when the container started; null when it does not run, or it is not known
 * @param memoryLimit the container's memory limit in bytes, by its spec; null when it has none
 * @param tightestProbe the shortest time-out of its liveness and readiness probes; null when it has none
 * @param annotations those of the pod that say where its metrics are
 * @param containers names of the pod's containers, without init and debug containers
 * @param ports ports that they declare
 * @param user whom the container runs as; null when neither its spec nor its status says
 * @param probeContainer the debug container with the probe program that the pod has; null when it has none
 */
public record PodFacts(
        @Nullable String node,
        @Nullable String nodeAddress,
        @Nullable String podAddress,
        @Nullable String workload,
        Phase phase,
        @Nullable Instant startedAt,
        @Nullable Long memoryLimit,
        @Nullable Duration tightestProbe,
        Map<String, String> annotations,
        List<String> containers,
        List<Port> ports,
        @Nullable User user,
        @Nullable ProbeContainer probeContainer) {

    /** Of a process that is in no pod. */
    public static final PodFacts NONE = new PodFacts(
            null, null, null, null, Phase.Ready, null, null, null, Map.of(), List.of(), List.of(), null, null);

    public PodFacts {
        annotations = Map.copyOf(annotations);
        containers = List.copyOf(containers);
        ports = List.copyOf(ports);
    }

    /** How far a container is on its way from start to end. */
    public enum Phase {
        /** Its startup probe has not succeeded yet. */
        Starting,
        /** It runs, and its pod takes traffic. */
        Ready,
        /** It runs, and its pod takes no traffic. */
        NotReady,
        /** Its pod has been told to end. */
        Terminating
    }

    /**
     * A TCP port that a container declares.
     *
     * @param container the container
     * @param name its name; null when it has none
     * @param number its number
     */
    public record Port(String container, @Nullable String name, int number) {}

    /**
     * A debug container that the probe program runs in. Kubernetes lets nobody take it away or start it again.
     *
     * @param name its name
     * @param beside the container whose processes it sees
     * @param state how it is
     * @param detail why, where it does not run
     */
    public record ProbeContainer(String name, String beside, State state, String detail) {

        /** How a debug container is. */
        public enum State {
            Starting,
            Running,
            Failed
        }
    }

    /** Whom a process runs as, by number. */
    public record User(long uid, long gid) {}
}
