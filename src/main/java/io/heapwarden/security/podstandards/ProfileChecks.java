package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kernel's own fences around containers: AppArmor, SELinux and seccomp. */
final class ProfileChecks {

    static final String APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    /** Types of SELinux for containers; empty means that none is set. */
    static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

    private static final Set<String> PROFILE_TYPES = Set.of("RuntimeDefault", "Localhost");

    private ProfileChecks() {}

    static void check(CheckedPod pod, PodStandard standard, Violations out) {
        appArmor(pod, out);
        seLinux(pod, out);
        if (standard == PodStandard.Baseline) {
            seccomp(pod, "seccompProfile_baseline", out);
        } else if (!pod.windows()) {
            boolean podHasOne = seccomp(pod, "seccompProfile_restricted", out);
            if (!podHasOne) {
                missingSeccomp(pod, out);
            }
        }
    }

    private static void appArmor(CheckedPod pod, Violations out) {
        AppArmorProfile ofPod = pod.context() == null ? null : pod.context().getAppArmorProfile();
        if (ofPod != null && !allowed(ofPod.getType())) {
            out.add(
                    "appArmorProfile",
                    PodStandard.Baseline,
                    "spec.securityContext.appArmorProfile.type",
                    "sets the AppArmor profile " + type(ofPod.getType()),
                    "set spec.securityContext.appArmorProfile: {type: RuntimeDefault}, or remove it");
        }
        for (CheckedContainer container : pod.containers()) {
            AppArmorProfile own =
                    container.context() == null ? null : container.context().getAppArmorProfile();
            if (own != null && !allowed(own.getType())) {
                out.add(
                        "appArmorProfile",
                        PodStandard.Baseline,
                        container,
                        "securityContext.appArmorProfile.type",
                        "sets the AppArmor profile " + type(own.getType()),
                        "set securityContext.appArmorProfile: {type: RuntimeDefault} for the container, or remove it");
            }
        }
        for (Map.Entry<String, String> annotation : new TreeMap<>(pod.annotations()).entrySet()) {
            String value = annotation.getValue() == null ? "" : annotation.getValue();
            if (annotation.getKey().startsWith(APP_ARMOR_ANNOTATION)
                    && !value.isEmpty()
                    && !value.equals("runtime/default")
                    && !value.startsWith("localhost/")) {
                out.add(
                        "appArmorProfile",
                        PodStandard.Baseline,
                        "metadata.annotations[" + annotation.getKey() + "]",
                        "sets the AppArmor profile " + Violations.quoted(value) + " by an annotation",
                        "remove the annotation and set securityContext.appArmorProfile: {type: RuntimeDefault}");
            }
        }
    }

    private static void seLinux(CheckedPod pod, Violations out) {
        SELinuxOptions ofPod = pod.context() == null ? null : pod.context().getSeLinuxOptions();
        if (ofPod != null) {
            String path = "spec.securityContext.seLinuxOptions";
            if (!SELINUX_TYPES.contains(orEmpty(ofPod.getType()))) {
                out.add(
                        "seLinuxOptions",
                        PodStandard.Baseline,
                        path + ".type",
                        "sets the SELinux type " + Violations.quoted(orEmpty(ofPod.getType())),
                        "set " + path + ".type: container_t, or remove it");
            }
            seLinuxName(path + ".user", "user", ofPod.getUser(), out);
            seLinuxName(path + ".role", "role", ofPod.getRole(), out);
        }
        for (CheckedContainer container : pod.containers()) {
            SELinuxOptions own =
                    container.context() == null ? null : container.context().getSeLinuxOptions();
            if (own != null) {
                seLinux(container, own, out);
            }
        }
    }

    private static void seLinux(CheckedContainer container, SELinuxOptions options, Violations out) {
        if (!SELINUX_TYPES.contains(orEmpty(options.getType()))) {
            out.add(
                    "seLinuxOptions",
                    PodStandard.Baseline,
                    container,
                    "securityContext.seLinuxOptions.type",
                    "sets the SELinux type " + Violations.quoted(orEmpty(options.getType())),
                    "set securityContext.seLinuxOptions.type: container_t for the container, or remove it");
        }
        seLinuxName(container, "user", options.getUser(), out);
        seLinuxName(container, "role", options.getRole(), out);
    }

    private static void seLinuxName(String path, String kind, @Nullable String name, Violations out) {
        if (!orEmpty(name).isEmpty()) {
            out.add(
                    "seLinuxOptions",
                    PodStandard.Baseline,
                    path,
                    "sets an SELinux " + kind + " of its own, " + Violations.quoted(orEmpty(name)),
                    "remove " + path);
        }
    }

    private static void seLinuxName(CheckedContainer container, String kind, @Nullable String name, Violations out) {
        if (!orEmpty(name).isEmpty()) {
            out.add(
                    "seLinuxOptions",
                    PodStandard.Baseline,
                    container,
                    "securityContext.seLinuxOptions." + kind,
                    "sets an SELinux " + kind + " of its own, " + Violations.quoted(orEmpty(name)),
                    "remove securityContext.seLinuxOptions." + kind + " of the container");
        }
    }

    /** Names the profiles that are not allowed; returns whether the pod sets any, so that containers inherit it. */
    private static boolean seccomp(CheckedPod pod, String check, Violations out) {
        PodSecurityContext context = pod.context();
        SeccompProfile ofPod = context == null ? null : context.getSeccompProfile();
        if (ofPod != null && !allowed(ofPod.getType())) {
            out.add(
                    check,
                    PodStandard.Baseline,
                    "spec.securityContext.seccompProfile.type",
                    "sets the seccomp profile " + type(ofPod.getType()),
                    "set spec.securityContext.seccompProfile: {type: RuntimeDefault}");
        }
        for (CheckedContainer container : pod.containers()) {
            SeccompProfile own =
                    container.context() == null ? null : container.context().getSeccompProfile();
            if (own != null && !allowed(own.getType())) {
                out.add(
                        check,
                        PodStandard.Baseline,
                        container,
                        "securityContext.seccompProfile.type",
                        "sets the seccomp profile " + type(own.getType()),
                        "set securityContext.seccompProfile: {type: RuntimeDefault} for the container");
            }
        }
        return ofPod != null;
    }

    private static void missingSeccomp(CheckedPod pod, Violations out) {
        for (CheckedContainer container : pod.containers()) {
            if (container.context() == null || container.context().getSeccompProfile() == null) {
                out.add(
                        "seccompProfile_restricted",
                        PodStandard.Restricted,
                        container,
                        "securityContext.seccompProfile.type",
                        "has no seccomp profile, and the pod has none either",
                        "set spec.securityContext.seccompProfile: {type: RuntimeDefault} for the pod");
            }
        }
    }

    private static boolean allowed(@Nullable String type) {
        return type != null && PROFILE_TYPES.contains(type);
    }

    private static String type(@Nullable String type) {
        return Violations.quoted(orEmpty(type));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
