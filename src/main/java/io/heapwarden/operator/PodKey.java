package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * One pod, never its successor of the same name.
 *
 * @param namespace namespace of the pod
 * @param name name of the pod
 * @param uid uid of the pod
 */
record PodKey(String namespace, String name, String uid) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }

    static PodKey of(Pod pod) {
        return new PodKey(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }
}
