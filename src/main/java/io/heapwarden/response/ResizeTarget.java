package io.heapwarden.response;

/**
 * What is resized, and to what.
 *
 * @param pod the pod that was judged
 * @param version the pod's resourceVersion as it was read; a pod that was changed since, or replaced by another, is not resized
 * @param container name of the container
 * @param limit its new memory limit, in bytes
 * @param requestToo whether its memory request becomes the same, as it has to in a pod of the class Guaranteed
 */
public record ResizeTarget(PodIdentity pod, String version, String container, long limit, boolean requestToo) {}
