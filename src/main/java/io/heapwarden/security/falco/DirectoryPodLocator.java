package io.heapwarden.security.falco;

import io.heapwarden.security.falco.Located.Contradictory;
import io.heapwarden.security.falco.Located.Found;
import io.heapwarden.security.falco.Located.NoPod;
import io.heapwarden.security.falco.Located.Unknown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By namespace and name where the event has both, else by the container. Where it has all of these they have to agree: pods of a StatefulSet come again under
 * the same name, and nobody shall have another's pod restarted by an event that names it.
 */
public final class DirectoryPodLocator implements PodLocator {

    private final PodDirectory directory;

    public DirectoryPodLocator(PodDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Located locate(FalcoEvent event) {
        String namespace = event.field(FalcoField.Namespace);
        String name = event.field(FalcoField.Pod);
        String said = event.field(FalcoField.ContainerId);
        String id = said == null ? null : ContainerIds.shortened(said);
        RunningPod owner = id == null ? null : directory.withContainer(id);
        if (owner != null && said != null) {
            return ofOwner(owner, said, namespace, name);
        }
        if (namespace == null || name == null) {
            return id == null ? new NoPod() : new Unknown();
        }
        RunningPod named = directory.named(namespace, name);
        if (named == null) {
            return new Unknown();
        }
        // Of a container that is not known while all of the pod's are: of one that is gone, or not yet in its status.
        return id == null || hasUnknown(named) ? new Found(named, containerName(event, named)) : new Unknown();
    }

    private static Located ofOwner(RunningPod owner, String id, @Nullable String namespace, @Nullable String name) {
        boolean other = (namespace != null && !namespace.equals(owner.namespace()))
                || (name != null && !name.equals(owner.name()));
        if (other) {
            return new Contradictory();
        }
        for (Map.Entry<String, String> container : owner.containers().entrySet()) {
            if (ContainerIds.same(container.getValue(), id)) {
                return new Found(owner, container.getKey());
            }
        }
        // Only the first digits are the same.
        return new Unknown();
    }

    private static boolean hasUnknown(RunningPod pod) {
        return pod.containers().isEmpty() || pod.containers().containsValue("");
    }

    /** Falco's plugin says the name within the pod with most runtimes; others are no name of this pod's. */
    private static String containerName(FalcoEvent event, RunningPod pod) {
        String said = event.field(FalcoField.ContainerName);
        return said != null && pod.containers().containsKey(said) ? said : "";
    }
}
