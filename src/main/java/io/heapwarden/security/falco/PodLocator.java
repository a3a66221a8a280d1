package io.heapwarden.security.falco;

/** Finds the pod of an event. */
@FunctionalInterface
public interface PodLocator {

    /** By what is known now. */
    Located locate(FalcoEvent event);
}
