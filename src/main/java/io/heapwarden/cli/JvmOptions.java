package io.heapwarden.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which one JVM is meant: of this machine, or in a pod. */
final class JvmOptions {

    /** Either the one or the other. */
    static final class Which {
        @Option(names = "--pid", description = "Process id of a JVM of this machine.")
        @Nullable
        Integer pid;

        @Option(names = "--pod", description = "Name of a pod in the cluster of the current kubeconfig.")
        @Nullable
        String pod;
    }

    @ArgGroup(multiplicity = "1")
    Which which = new Which();

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of the pod; default that of the kubeconfig's context.")
    @Nullable
    String namespace;

    @Option(
            names = {"-c", "--container"},
            description = "Container of the pod; may be left out when it has one only.")
    @Nullable
    String container;

    /** The pod's name; null where a process of this machine is meant. */
    @Nullable
    String pod() {
        return which.pod;
    }

    int pid() {
        return which.pid == null ? 0 : which.pid;
    }

    /**
     * Finds the container.
     *
     * @throws IllegalArgumentException when there is no such pod or container; the message says what there is
     */
    RecordedPod find(KubernetesClient client, String pod) {
        String space = namespace == null ? client.getNamespace() : namespace;
        return RecordedPod.find(client, space == null ? "default" : space, pod, container);
    }
}
