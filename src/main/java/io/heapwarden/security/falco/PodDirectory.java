package io.heapwarden.security.falco;

import org.jspecify.annotations.Nullable;

/** The pods that are known here: those of the watched namespaces, and no others. Asked by one thread, and has to answer from memory. */
public interface PodDirectory {

    /** The pod of that name; null when there is none. */
    @Nullable
    RunningPod named(String namespace, String name);

    /** The pod with a container whose id begins with these {@value ContainerIds#SHORT} digits; null when there is none. */
    @Nullable
    RunningPod withContainer(String shortId);
}
