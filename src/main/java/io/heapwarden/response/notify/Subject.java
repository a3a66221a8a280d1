package io.heapwarden.response.notify;

import org.jspecify.annotations.Nullable;

/**
 * What a notice is about: a container of a pod, a workload, or only a policy. Each name is cut at 253 characters, the most that Kubernetes allows.
 *
 * @param namespace of all that is named here
 * @param pod its name
 * @param container its name in the pod
 * @param workload what a person deploys, {@code Deployment/checkout}
 * @param policy name of the MemoryPolicy
 */
public record Subject(
        @Nullable String namespace,
        @Nullable String pod,
        @Nullable String container,
        @Nullable String workload,
        @Nullable String policy) {

    private static final int LONGEST_NAME = 253;
    static final Subject NONE = new Subject(null, null, null, null, null);

    public Subject {
        namespace = name(namespace);
        pod = name(pod);
        container = name(container);
        workload = name(workload);
        policy = name(policy);
    }

    /** A container. */
    public static Subject container(
            String namespace, String pod, String container, @Nullable String workload, String policy) {
        return new Subject(namespace, pod, container, workload, policy);
    }

    /** A policy, or with a workload the workload as that policy sees it. */
    public static Subject policy(String namespace, String policy, @Nullable String workload) {
        return new Subject(namespace, null, null, workload, policy);
    }

    /** In words: {@code shop/checkout-7d9f (app)}. */
    String words() {
        String what = pod != null ? pod : workload != null ? workload : policy != null ? "policy " + policy : "";
        String where = namespace == null || what.isEmpty() ? what : namespace + "/" + what;
        return container == null ? where : where + " (" + container + ")";
    }

    private static @Nullable String name(@Nullable String text) {
        return PlainText.orNull(text, LONGEST_NAME);
    }
}
