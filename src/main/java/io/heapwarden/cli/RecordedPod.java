package io.heapwarden.cli;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.operator.PodFactsReader;
import io.heapwarden.operator.Workload;
import io.heapwarden.probe.Target;
import io.heapwarden.trace.TraceHeader.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod, as it is now.
 *
 * @param target where to ask
 * @param subject what the trace says of it
 */
record RecordedPod(Target target, Subject subject) {

    /**
     * Finds a container.
     *
     * @param container its name; null for the only one of the pod
     * @throws IllegalArgumentException when there is no such pod or container; the message says what there is
     */
    static RecordedPod find(KubernetesClient client, String namespace, String name, @Nullable String container) {
        Pod pod = client.pods().inNamespace(namespace).withName(name).get();
        if (pod == null) {
            throw new IllegalArgumentException("there is no pod " + name + " in namespace " + namespace);
        }
        String chosen = chosen(pod, container);
        ContainerStatus running = pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(chosen))
                .findFirst()
                .orElse(null);
        if (running == null || running.getContainerID() == null) {
            throw new IllegalArgumentException("container " + chosen + " of pod " + name + " is not running");
        }
        Workload workload = Workload.of(pod);
        return new RecordedPod(
                new Target(
                        namespace,
                        name,
                        pod.getMetadata().getUid(),
                        chosen,
                        running.getContainerID(),
                        PodFactsReader.of(pod, running)),
                new Subject(namespace, name, chosen, workload.toString(), workload.revision()));
    }

    private static String chosen(Pod pod, @Nullable String wanted) {
        List<String> names =
                pod.getSpec().getContainers().stream().map(Container::getName).toList();
        String name = wanted == null && names.size() == 1 ? names.getFirst() : wanted;
        if (name == null || !names.contains(name)) {
            throw new IllegalArgumentException(
                    (wanted == null ? "say which container with -c" : "there is no container " + wanted) + "; pod "
                            + pod.getMetadata().getName() + " has " + String.join(", ", names));
        }
        return name;
    }
}
