package io.heapwarden.security.podstandards;

import io.heapwarden.security.admission.AdmissionRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The checks of {@link PodSecurity} in CEL, check by check, under the same ids. */
public final class StandardRules {

    private static final int OWN_USERS_SINCE = 35;
    private static final int PROBE_HOSTS_SINCE = 34;
    private static final String OWN_USERS = "variables.spec.?hostUsers.orValue(true) == false";
    private static final String PROFILES = "['RuntimeDefault', 'Localhost']";
    /** The fields of a container that matter, one optional step at a time: implementations of CEL differ in chains of them. */
    private static final String CONTEXT = "c.?securityContext.orValue({})";

    private StandardRules() {}

    /**
     * All checks of a standard.
     *
     * @param minor minor version of the API server, as in {@link PodSecurity#violations(io.fabric8.kubernetes.api.model.Pod, PodStandard, int)}
     */
    public static List<AdmissionRule> of(PodStandard standard, int minor) {
        List<AdmissionRule> rules = new ArrayList<>();
        boolean restricted = standard == PodStandard.Restricted;
        rules.add(privileged());
        rules.add(hostNamespaces());
        rules.add(hostPorts());
        if (minor >= PROBE_HOSTS_SINCE) {
            rules.add(hostProbes());
        }
        rules.add(sysctls(minor));
        rules.add(hostProcess());
        rules.add(procMount(restricted, minor));
        rules.add(appArmor());
        rules.add(seLinux());
        if (!restricted) {
            rules.add(hostPaths());
            rules.add(addedCapabilities());
            rules.add(seccomp());
            return rules;
        }
        rules.add(volumes());
        rules.add(capabilities());
        rules.add(escalation());
        rules.add(seccompRequired());
        rules.add(nonRoot(minor));
        rules.add(user(minor));
        return rules;
    }

    private static AdmissionRule privileged() {
        return AdmissionRule.ofContainers(
                "privileged",
                CONTEXT + ".?privileged.orValue(false)",
                "set securityContext.privileged: false for the containers");
    }

    private static AdmissionRule hostNamespaces() {
        return new AdmissionRule(
                "hostNamespaces",
                "(variables.spec.?hostNetwork.orValue(false) ? ['spec.hostNetwork'] : [])"
                        + " + (variables.spec.?hostPID.orValue(false) ? ['spec.hostPID'] : [])"
                        + " + (variables.spec.?hostIPC.orValue(false) ? ['spec.hostIPC'] : [])",
                "set to false what shares the namespaces of the node");
    }

    private static AdmissionRule hostPorts() {
        return AdmissionRule.ofContainers(
                "hostPorts",
                "c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)",
                "remove ports[*].hostPort of the containers");
    }

    private static AdmissionRule hostProbes() {
        return AdmissionRule.ofContainers(
                "hostProbesAndHostLifecycle",
                "[c.?livenessProbe, c.?readinessProbe, c.?startupProbe, c.?lifecycle.orValue({}).?postStart, c.?lifecycle.orValue({}).?preStop].exists(o, [o.orValue({})].exists(p,"
                        + " p.?httpGet.orValue({}).?host.orValue('') != '' || p.?tcpSocket.orValue({}).?host.orValue('') != ''))",
                "remove httpGet.host and tcpSocket.host of probes and lifecycle handlers of the containers");
    }

    private static AdmissionRule sysctls(int minor) {
        return new AdmissionRule(
                "sysctls",
                "variables.podContext.?sysctls.orValue([]).filter(s, !(s.name in "
                        + list(HostChecks.allowedSysctls(minor)) + ")).map(s, s.name)",
                "remove from spec.securityContext.sysctls what is not known to be safe");
    }

    private static AdmissionRule hostProcess() {
        return podOrContainers(
                "windowsHostProcess",
                "variables.podContext.?windowsOptions.orValue({}).?hostProcess.orValue(false)",
                CONTEXT + ".?windowsOptions.orValue({}).?hostProcess.orValue(false)",
                "set securityContext.windowsOptions.hostProcess: false");
    }

    private static AdmissionRule procMount(boolean restricted, int minor) {
        boolean split = minor >= OWN_USERS_SINCE;
        return AdmissionRule.ofContainers(
                split && restricted ? "procMount_restricted" : "procMount",
                (split && !restricted ? "!(" + OWN_USERS + ") && " : "") + CONTEXT
                        + ".?procMount.orValue('Default') != 'Default'",
                "set securityContext.procMount: Default for the containers");
    }

    private static AdmissionRule appArmor() {
        String byField = ".?appArmorProfile.orValue({}).?type.orValue('RuntimeDefault')";
        AdmissionRule fields = podOrContainers(
                "appArmorProfile",
                "!(variables.podContext" + byField + " in " + PROFILES + ")",
                "!(" + CONTEXT + byField + " in " + PROFILES + ")",
                "set securityContext.appArmorProfile: {type: RuntimeDefault}, and remove annotations of AppArmor");
        String annotation = AdmissionRule.literal(ProfileChecks.APP_ARMOR_ANNOTATION);
        String value = "variables.annotations[k]";
        return new AdmissionRule(
                fields.name(),
                fields.offenders() + " + variables.annotations.filter(k,"
                        + " k.startsWith(" + annotation + ") && " + value + " != '' && " + value
                        + " != 'runtime/default' && !" + value + ".startsWith('localhost/'))",
                fields.message());
    }

    private static AdmissionRule seLinux() {
        return podOrContainers(
                "seLinuxOptions",
                seLinux("variables.podContext"),
                seLinux(CONTEXT),
                "set securityContext.seLinuxOptions.type: container_t, and remove user and role");
    }

    private static String seLinux(String context) {
        String options = context + ".?seLinuxOptions.orValue({})";
        return "(!(" + options + ".?type.orValue('') in " + list(ProfileChecks.SELINUX_TYPES) + ") || " + options
                + ".?user.orValue('') != '' || " + options + ".?role.orValue('') != '')";
    }

    private static AdmissionRule hostPaths() {
        return new AdmissionRule(
                "hostPathVolumes",
                "variables.volumes.filter(v, has(v.hostPath)).map(v, v.name)",
                "use emptyDir, a persistentVolumeClaim or csi instead of hostPath for the volumes");
    }

    private static AdmissionRule volumes() {
        String allowed =
                VolumeChecks.ALLOWED.stream().map(kind -> "has(v." + kind + ")").collect(Collectors.joining(" || "));
        return new AdmissionRule(
                "restrictedVolumes",
                "variables.volumes.filter(v, !(" + allowed + ")).map(v, v.name)",
                "use one of " + String.join(", ", VolumeChecks.ALLOWED) + " for the volumes");
    }

    private static AdmissionRule addedCapabilities() {
        return AdmissionRule.ofContainers(
                "capabilities_baseline",
                CONTEXT + ".?capabilities.orValue({}).?add.orValue([]).exists(k, !(k in "
                        + list(PrivilegeChecks.DEFAULT_CAPABILITIES) + "))",
                "remove from securityContext.capabilities.add of the containers what a runtime does not give by default");
    }

    private static AdmissionRule capabilities() {
        return AdmissionRule.ofContainers(
                "capabilities_restricted",
                "!variables.windows && (!('ALL' in " + CONTEXT + ".?capabilities.orValue({}).?drop.orValue([])) || "
                        + CONTEXT + ".?capabilities.orValue({}).?add.orValue([]).exists(k, k != '"
                        + PrivilegeChecks.NET_BIND_SERVICE + "'))",
                "set securityContext.capabilities: {drop: [ALL]} for the containers; add at most "
                        + PrivilegeChecks.NET_BIND_SERVICE);
    }

    private static AdmissionRule escalation() {
        return AdmissionRule.ofContainers(
                "allowPrivilegeEscalation",
                "!variables.windows && " + CONTEXT + ".?allowPrivilegeEscalation.orValue(true)",
                "set securityContext.allowPrivilegeEscalation: false for the containers");
    }

    private static AdmissionRule seccomp() {
        return podOrContainers(
                "seccompProfile_baseline",
                "!(variables.podContext.?seccompProfile.orValue({}).?type.orValue('RuntimeDefault') in " + PROFILES
                        + ")",
                "!(" + CONTEXT + ".?seccompProfile.orValue({}).?type.orValue('RuntimeDefault') in " + PROFILES + ")",
                "set securityContext.seccompProfile: {type: RuntimeDefault}");
    }

    private static AdmissionRule seccompRequired() {
        String ofPod = "variables.podContext.?seccompProfile.orValue({}).?type";
        return podOrContainers(
                "seccompProfile_restricted",
                "!variables.windows && !(" + ofPod + ".orValue('RuntimeDefault') in " + PROFILES + ")",
                "!variables.windows && !(" + CONTEXT + ".?seccompProfile.orValue({}).?type.orValue(" + ofPod
                        + ".orValue('')) in " + PROFILES + ")",
                "set spec.securityContext.seccompProfile: {type: RuntimeDefault}");
    }

    private static AdmissionRule nonRoot(int minor) {
        String ofPod = "variables.podContext.?runAsNonRoot";
        return podOrContainers(
                "runAsNonRoot",
                unlessOwnUsers(minor) + ofPod + ".orValue(true) == false",
                unlessOwnUsers(minor) + CONTEXT + ".?runAsNonRoot.orValue(" + ofPod + ".orValue(false)) == false",
                "set spec.securityContext.runAsNonRoot: true, and nowhere false");
    }

    private static AdmissionRule user(int minor) {
        return podOrContainers(
                "runAsUser",
                unlessOwnUsers(minor) + "variables.podContext.?runAsUser.orValue(1) == 0",
                unlessOwnUsers(minor) + CONTEXT + ".?runAsUser.orValue(1) == 0",
                "set securityContext.runAsUser to another uid than 0, such as 10001");
    }

    private static String unlessOwnUsers(int minor) {
        return minor >= OWN_USERS_SINCE ? "!(" + OWN_USERS + ") && " : "";
    }

    private static AdmissionRule podOrContainers(String name, String podIsBad, String containerIsBad, String message) {
        return new AdmissionRule(
                name,
                "(" + podIsBad + " ? ['spec'] : []) + "
                        + AdmissionRule.ofContainers(name, containerIsBad, message)
                                .offenders(),
                message);
    }

    private static String list(Collection<String> texts) {
        return texts.stream().sorted().map(AdmissionRule::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
