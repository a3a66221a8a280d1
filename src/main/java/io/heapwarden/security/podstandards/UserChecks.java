package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import org.jspecify.annotations.Nullable;

/** Which user a pod runs as; only Restricted asks. */
final class UserChecks {

    private static final int OWN_USERS_MAY_BE_ROOT_SINCE = 35;

    private UserChecks() {}

    static void check(CheckedPod pod, Violations out) {
        if (pod.minor() >= OWN_USERS_MAY_BE_ROOT_SINCE && pod.ownUsers()) {
            return;
        }
        nonRoot(pod, out);
        root(pod, out);
    }

    private static void nonRoot(CheckedPod pod, Violations out) {
        PodSecurityContext context = pod.context();
        Boolean ofPod = context == null ? null : context.getRunAsNonRoot();
        if (Boolean.FALSE.equals(ofPod)) {
            out.add(
                    "runAsNonRoot",
                    PodStandard.Restricted,
                    "spec.securityContext.runAsNonRoot",
                    "lets its containers run as root",
                    "set spec.securityContext.runAsNonRoot: true");
        }
        for (CheckedContainer container : pod.containers()) {
            Boolean own =
                    container.context() == null ? null : container.context().getRunAsNonRoot();
            if (Boolean.FALSE.equals(own)) {
                nonRoot(container, "says that it may run as root", out);
            } else if (own == null && ofPod == null) {
                nonRoot(container, "may run as root, as neither it nor the pod says otherwise", out);
            }
        }
    }

    private static void nonRoot(CheckedContainer container, String what, Violations out) {
        out.add(
                "runAsNonRoot",
                PodStandard.Restricted,
                container,
                "securityContext.runAsNonRoot",
                what,
                "set spec.securityContext.runAsNonRoot: true for the pod and leave it out for the container, with a"
                        + " runAsUser other than 0 when the image's user is root");
    }

    private static void root(CheckedPod pod, Violations out) {
        if (pod.context() != null && isRoot(pod.context().getRunAsUser())) {
            out.add(
                    "runAsUser",
                    PodStandard.Restricted,
                    "spec.securityContext.runAsUser",
                    "runs as root",
                    "set spec.securityContext.runAsUser to another uid than 0, such as 10001, or remove it");
        }
        for (CheckedContainer container : pod.containers()) {
            if (container.context() != null && isRoot(container.context().getRunAsUser())) {
                out.add(
                        "runAsUser",
                        PodStandard.Restricted,
                        container,
                        "securityContext.runAsUser",
                        "runs as root",
                        "set securityContext.runAsUser of the container to another uid than 0, such as 10001, or"
                                + " remove it");
            }
        }
    }

    private static boolean isRoot(@Nullable Long user) {
        return user != null && user == 0;
    }
}
