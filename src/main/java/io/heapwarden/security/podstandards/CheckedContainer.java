package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the checks ask of a container, of whichever of the three kinds it is.
 *
 * @param name its name
 * @param path where it stands, such as {@code spec.containers[0]}
 * @param context its security context
 * @param ports its ports
 * @param probes its probes, with their fields' names
 * @param lifecycle what runs at its start and end
 */
record CheckedContainer(
        String name,
        String path,
        @Nullable SecurityContext context,
        List<ContainerPort> ports,
        List<NamedProbe> probes,
        @Nullable Lifecycle lifecycle) {

    /** A probe and its field. */
    record NamedProbe(String field, Probe probe) {}

    static CheckedContainer of(Container container, String path) {
        return new CheckedContainer(
                container.getName(),
                path,
                container.getSecurityContext(),
                container.getPorts(),
                probes(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe()),
                container.getLifecycle());
    }

    static CheckedContainer of(EphemeralContainer container, String path) {
        return new CheckedContainer(
                container.getName(),
                path,
                container.getSecurityContext(),
                container.getPorts(),
                probes(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe()),
                container.getLifecycle());
    }

    private static List<NamedProbe> probes(
            @Nullable Probe liveness, @Nullable Probe readiness, @Nullable Probe startup) {
        List<NamedProbe> probes = new ArrayList<>();
        add(probes, "livenessProbe", liveness);
        add(probes, "readinessProbe", readiness);
        add(probes, "startupProbe", startup);
        return probes;
    }

    private static void add(List<NamedProbe> probes, String field, @Nullable Probe probe) {
        if (probe != null) {
            probes.add(new NamedProbe(field, probe));
        }
    }
}
