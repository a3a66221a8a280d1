package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Set;

/** What a container may do beyond an ordinary process. */
final class PrivilegeChecks {

    /** Capabilities that container runtimes give by default, without NET_RAW. */
    static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    /** The one capability that Restricted lets be added. */
    static final String NET_BIND_SERVICE = "NET_BIND_SERVICE";

    private static final int OWN_USERS_MAY_UNMASK_SINCE = 35;
    private static final String ALL = "ALL";

    private PrivilegeChecks() {}

    static void check(CheckedPod pod, PodStandard standard, Violations out) {
        boolean restricted = standard == PodStandard.Restricted;
        for (CheckedContainer container : pod.containers()) {
            privileged(container, out);
            procMount(pod, container, restricted, out);
            if (!restricted) {
                addedCapabilities(container, out);
            } else if (!pod.windows()) {
                restrictedCapabilities(container, out);
                escalation(container, out);
            }
        }
    }

    private static void privileged(CheckedContainer container, Violations out) {
        SecurityContext context = container.context();
        if (context != null && Boolean.TRUE.equals(context.getPrivileged())) {
            out.add(
                    "privileged",
                    PodStandard.Baseline,
                    container,
                    "securityContext.privileged",
                    "is privileged: it has every right on its node",
                    "set securityContext.privileged: false for the container");
        }
    }

    private static void procMount(CheckedPod pod, CheckedContainer container, boolean restricted, Violations out) {
        SecurityContext context = container.context();
        String mount = context == null ? null : context.getProcMount();
        if (mount == null || mount.equals("Default")) {
            return;
        }
        boolean split = pod.minor() >= OWN_USERS_MAY_UNMASK_SINCE;
        boolean baseline = !(split && pod.ownUsers());
        if (baseline || restricted) {
            out.add(
                    split && restricted ? "procMount_restricted" : "procMount",
                    baseline ? PodStandard.Baseline : PodStandard.Restricted,
                    container,
                    "securityContext.procMount",
                    "sees parts of /proc that are masked by default (procMount " + Violations.quoted(mount) + ")",
                    "set securityContext.procMount: Default for the container, or remove it");
        }
    }

    private static void addedCapabilities(CheckedContainer container, Violations out) {
        List<String> added = added(container);
        for (int i = 0; i < added.size(); i++) {
            if (!DEFAULT_CAPABILITIES.contains(added.get(i))) {
                added("capabilities_baseline", PodStandard.Baseline, container, i, added.get(i), out);
            }
        }
    }

    private static void restrictedCapabilities(CheckedContainer container, Violations out) {
        Capabilities capabilities =
                container.context() == null ? null : container.context().getCapabilities();
        if (capabilities == null || !capabilities.getDrop().contains(ALL)) {
            out.add(
                    "capabilities_restricted",
                    PodStandard.Restricted,
                    container,
                    "securityContext.capabilities.drop",
                    "keeps the capabilities that the container runtime gives",
                    "set securityContext.capabilities: {drop: [ALL]} for the container");
        }
        List<String> added = added(container);
        for (int i = 0; i < added.size(); i++) {
            if (!added.get(i).equals(NET_BIND_SERVICE)) {
                PodStandard standard =
                        DEFAULT_CAPABILITIES.contains(added.get(i)) ? PodStandard.Restricted : PodStandard.Baseline;
                added("capabilities_restricted", standard, container, i, added.get(i), out);
            }
        }
    }

    private static List<String> added(CheckedContainer container) {
        Capabilities capabilities =
                container.context() == null ? null : container.context().getCapabilities();
        return capabilities == null ? List.of() : capabilities.getAdd();
    }

    private static void added(
            String check,
            PodStandard standard,
            CheckedContainer container,
            int index,
            String capability,
            Violations out) {
        out.add(
                check,
                standard,
                container,
                "securityContext.capabilities.add[" + index + "]",
                "is given the capability " + Violations.quoted(capability),
                "remove it from securityContext.capabilities.add of the container");
    }

    private static void escalation(CheckedContainer container, Violations out) {
        SecurityContext context = container.context();
        if (context == null || !Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            out.add(
                    "allowPrivilegeEscalation",
                    PodStandard.Restricted,
                    container,
                    "securityContext.allowPrivilegeEscalation",
                    "may gain rights that its parent process has not",
                    "set securityContext.allowPrivilegeEscalation: false for the container");
        }
    }
}
