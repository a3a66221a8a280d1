package io.heapwarden.security.podstandards;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check of the standards: what it forbids, what it allows, and the field that it names. */
class PodSecurityTest {

    /** A pod that Restricted allows. */
    private static final String STRICT_POD =
            "{os: {name: linux}, securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, containers: [{name: app, %s}]}";

    private static final String STRICT = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNamespaces | {hostNetwork: true} | spec.hostNetwork",
                "hostNamespaces | {hostPID: true} | spec.hostPID",
                "hostNamespaces | {hostIPC: true} | spec.hostIPC",
                "hostPathVolumes | {volumes: [{name: a, emptyDir: {}}, {name: b, hostPath: {path: /}}]} | spec.volumes[1].hostPath",
                "hostPorts | {containers: [{name: app, ports: [{containerPort: 1}, {containerPort: 80, hostPort: 80}]}]} | spec.containers[0].ports[1].hostPort",
                "hostProbesAndHostLifecycle | {containers: [{name: app, readinessProbe: {tcpSocket: {host: 10.0.0.1, port: 1}}}]} | spec.containers[0].readinessProbe.tcpSocket.host",
                "hostProbesAndHostLifecycle | {containers: [{name: app, startupProbe: {httpGet: {host: h, port: 1}}}]} | spec.containers[0].startupProbe.httpGet.host",
                "hostProbesAndHostLifecycle | {initContainers: [{name: i, lifecycle: {preStop: {httpGet: {host: h, port: 1}}}}]} | spec.initContainers[0].lifecycle.preStop.httpGet.host",
                "hostProbesAndHostLifecycle | {containers: [{name: app, lifecycle: {postStart: {tcpSocket: {host: h, port: 1}}}}]} | spec.containers[0].lifecycle.postStart.tcpSocket.host",
                "privileged | {initContainers: [{name: i, securityContext: {privileged: true}}]} | spec.initContainers[0].securityContext.privileged",
                "privileged | {ephemeralContainers: [{name: e, securityContext: {privileged: true}}]} | spec.ephemeralContainers[0].securityContext.privileged",
                "capabilities_baseline | {containers: [{name: app, securityContext: {capabilities: {add: [CHOWN, NET_RAW]}}}]} | spec.containers[0].securityContext.capabilities.add[1]",
                "capabilities_baseline | {containers: [{name: app, securityContext: {capabilities: {add: [chown]}}}]} | spec.containers[0].securityContext.capabilities.add[0]",
                "appArmorProfile | {securityContext: {appArmorProfile: {type: Unconfined}}} | spec.securityContext.appArmorProfile.type",
                "appArmorProfile | {containers: [{name: app, securityContext: {appArmorProfile: {type: Unconfined}}}]} | spec.containers[0].securityContext.appArmorProfile.type",
                "seLinuxOptions | {securityContext: {seLinuxOptions: {type: spc_t}}} | spec.securityContext.seLinuxOptions.type",
                "seLinuxOptions | {securityContext: {seLinuxOptions: {user: u}}} | spec.securityContext.seLinuxOptions.user",
                "seLinuxOptions | {containers: [{name: app, securityContext: {seLinuxOptions: {role: r}}}]} | spec.containers[0].securityContext.seLinuxOptions.role",
                "procMount | {containers: [{name: app, securityContext: {procMount: Unmasked}}]} | spec.containers[0].securityContext.procMount",
                "procMount | {hostUsers: false, containers: [{name: app, securityContext: {procMount: Unmasked}}]} | spec.containers[0].securityContext.procMount",
                "seccompProfile_baseline | {securityContext: {seccompProfile: {type: Unconfined}}} | spec.securityContext.seccompProfile.type",
                "seccompProfile_baseline | {containers: [{name: app, securityContext: {seccompProfile: {}}}]} | spec.containers[0].securityContext.seccompProfile.type",
                "sysctls | {securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}, {name: kernel.msgmax, value: '1'}]}} | spec.securityContext.sysctls[1].name",
                "windowsHostProcess | {securityContext: {windowsOptions: {hostProcess: true}}} | spec.securityContext.windowsOptions.hostProcess",
                "windowsHostProcess | {containers: [{name: app, securityContext: {windowsOptions: {hostProcess: true}}}]} | spec.containers[0].securityContext.windowsOptions.hostProcess",
            })
    void baselineForbids(String check, String spec, String path) {
        assertThat(PodSecurity.violations(pod(spec), PodStandard.Baseline))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.check()).isEqualTo(check);
                    assertThat(violation.path()).isEqualTo(path);
                    assertThat(violation.standard()).isEqualTo(PodStandard.Baseline);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{hostNetwork: false, hostPID: false, hostIPC: false}",
                "{containers: [{name: app, ports: [{containerPort: 80, hostPort: 0}], livenessProbe: {httpGet: {host: '', port: 1}}}]}",
                "{containers: [{name: app, securityContext: {privileged: false, procMount: Default, capabilities: {add: [CHOWN, SYS_CHROOT]}}}]}",
                "{securityContext: {seLinuxOptions: {type: container_engine_t, level: s0}, seccompProfile: {type: Localhost, localhostProfile: p}}}",
                "{securityContext: {appArmorProfile: {type: Localhost, localhostProfile: p}, windowsOptions: {hostProcess: false}}}",
                "{volumes: [{name: n, nfs: {server: s, path: /}}]}",
                "{containers: [{name: app, securityContext: {runAsUser: 0, allowPrivilegeEscalation: true}}]}",
                "{}"
            })
    void baselineAllows(String spec) {
        assertThat(PodSecurity.violations(pod(spec), PodStandard.Baseline)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowPrivilegeEscalation | capabilities: {drop: [ALL]} | allowPrivilegeEscalation | Restricted",
                "allowPrivilegeEscalation | allowPrivilegeEscalation: true, capabilities: {drop: [ALL]} | allowPrivilegeEscalation | Restricted",
                "capabilities_restricted | allowPrivilegeEscalation: false | capabilities.drop | Restricted",
                "capabilities_restricted | allowPrivilegeEscalation: false, capabilities: {drop: [all]} | capabilities.drop | Restricted",
                "capabilities_restricted | allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE, CHOWN]} | capabilities.add[1] | Restricted",
                "capabilities_restricted | allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [SYS_ADMIN]} | capabilities.add[0] | Baseline",
                "runAsNonRoot | allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: false | runAsNonRoot | Restricted",
                "runAsUser | allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsUser: 0 | runAsUser | Restricted",
                "seccompProfile_restricted | allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: Unconfined} | seccompProfile.type | Baseline",
            })
    void restrictedForbidsOfAContainer(String check, String context, String field, PodStandard broken) {
        Pod pod = pod(STRICT_POD.formatted("securityContext: {" + context + "}"));

        assertThat(PodSecurity.violations(pod, PodStandard.Restricted))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.check()).isEqualTo(check);
                    assertThat(violation.path()).isEqualTo("spec.containers[0].securityContext." + field);
                    assertThat(violation.standard()).isEqualTo(broken);
                });
    }

    @Test
    void restrictedAllowsAStrictPod() {
        assertThat(restricted("securityContext: {" + STRICT + "}")).isEmpty();
        assertThat(restricted("securityContext: {" + STRICT.replace("[ALL]", "[ALL], add: [NET_BIND_SERVICE]")
                        + ", runAsUser: 10001, runAsNonRoot: true, seccompProfile: {type: Localhost}}"))
                .isEmpty();
    }

    @Test
    void aContainerInheritsWhatThePodSetsAndIsAskedWhereItDoesNot() {
        String container = "containers: [{name: app, securityContext: {" + STRICT + "}}]";

        assertThat(paths("{" + container + "}"))
                .containsExactlyInAnyOrder(
                        "spec.containers[0].securityContext.runAsNonRoot",
                        "spec.containers[0].securityContext.seccompProfile.type");
        assertThat(paths("{securityContext: {runAsNonRoot: false, seccompProfile: {type: Unconfined}}, " + container
                        + "}"))
                .containsExactlyInAnyOrder(
                        "spec.securityContext.runAsNonRoot", "spec.securityContext.seccompProfile.type");
        assertThat(paths(
                        "{securityContext: {runAsUser: 0, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, "
                                + container + "}"))
                .containsExactly("spec.securityContext.runAsUser");
    }

    @Test
    void restrictedNamesVolumesOfOtherKindsAndHowBadTheyAre() {
        List<Violation> violations = restricted(
                "securityContext: {" + STRICT + "}}], volumes: [{name: a, csi: {driver: d}},"
                        + " {name: b, nfs: {server: s, path: /}}, {name: c, hostPath: {path: /}}, {name: d}, {name: e, image: {reference: r}}, {name: f, tape: {drive: 1}");

        assertThat(violations)
                .extracting(Violation::check, Violation::path, Violation::standard)
                .containsExactly(
                        tuple("spec.volumes[1].nfs", PodStandard.Restricted),
                        tuple("spec.volumes[2].hostPath", PodStandard.Baseline),
                        tuple("spec.volumes[5].tape", PodStandard.Restricted));
    }

    @Test
    void annotationsOfAppArmorCount() {
        Pod pod = pod("{}");
        pod.getMetadata()
                .getAnnotations()
                .putAll(java.util.Map.of(
                        "container.apparmor.security.beta.kubernetes.io/app", "unconfined\n",
                        "container.apparmor.security.beta.kubernetes.io/two", "runtime/default",
                        "container.apparmor.security.beta.kubernetes.io/three", "localhost/mine",
                        "container.apparmor.security.beta.kubernetes.io/four", "",
                        "seccomp.security.alpha.kubernetes.io/pod", "unconfined"));

        assertThat(PodSecurity.violations(pod, PodStandard.Baseline))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path())
                            .isEqualTo("metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]");
                    assertThat(violation.what()).contains("\"unconfined?\"");
                });
    }

    @Test
    void windowsHasNoneOfLinuxsFields() {
        Pod pod = pod("{os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: app}]}");

        assertThat(PodSecurity.violations(pod, PodStandard.Restricted)).isEmpty();
    }

    @Test
    void usersOfThePodsOwnMayBeRootFromKubernetes135On() {
        Pod root = pod(
                "{hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: app, securityContext: {"
                        + STRICT + ", runAsUser: 0}}]}");
        Pod unmasked = pod("{hostUsers: false, containers: [{name: app, securityContext: {procMount: Unmasked}}]}");

        assertThat(PodSecurity.violations(root, PodStandard.Restricted, 34)).hasSize(2);
        assertThat(PodSecurity.violations(root, PodStandard.Restricted, 35)).isEmpty();
        assertThat(PodSecurity.violations(unmasked, PodStandard.Baseline, 35)).isEmpty();
        assertThat(PodSecurity.violations(unmasked, PodStandard.Restricted, 35))
                .extracting(Violation::check)
                .contains("procMount_restricted");
    }

    @Test
    void checksCountFromTheVersionThatBroughtThem() {
        Pod probe = pod("{containers: [{name: app, livenessProbe: {tcpSocket: {host: h, port: 1}}}]}");
        Pod sysctl = pod("{securityContext: {sysctls: [{name: net.ipv4.tcp_notsent_lowat, value: '1'}]}}");

        assertThat(PodSecurity.violations(probe, PodStandard.Baseline, 33)).isEmpty();
        assertThat(PodSecurity.violations(probe, PodStandard.Baseline, 34)).hasSize(1);
        assertThat(PodSecurity.violations(sysctl, PodStandard.Baseline, 36)).hasSize(1);
        assertThat(PodSecurity.violations(sysctl, PodStandard.Baseline, 37)).isEmpty();
    }

    @Test
    void observationsSayWhatWhereAndTheRemedyAndHowBadItIs() {
        Pod pod = pod(
                "{hostPID: true, containers: [{name: app, securityContext: {privileged: true, capabilities: {drop: [ALL]}}}]}");

        List<Observation> observations = PodSecurity.observations(pod, PodStandard.Restricted, 34);

        assertThat(observations)
                .extracting(observation -> observation.key().rule(), Observation::severity)
                .contains(
                        org.assertj.core.api.Assertions.tuple("hostNamespaces", Severity.High),
                        org.assertj.core.api.Assertions.tuple("privileged", Severity.Critical),
                        org.assertj.core.api.Assertions.tuple("runAsNonRoot", Severity.Medium));
        assertThat(observations).allSatisfy(observation -> {
            assertThat(observation.key().source()).isEqualTo(FindingSource.PodStandard);
            assertThat(observation.message()).contains(observation.key().subject());
            assertThat(observation.remedy()).isNotBlank().doesNotEndWith(".");
            assertThat(observation.restartHelps()).isFalse();
        });
    }

    @Test
    void aPodWithThousandsOfViolationsGivesSome() {
        String ports = "{containerPort: 80, hostPort: 80},".repeat(3000);

        assertThat(PodSecurity.violations(
                        pod("{containers: [{name: app, ports: [" + ports + "]}]}"), PodStandard.Baseline))
                .hasSize(Violations.MOST);
    }

    private static org.assertj.core.groups.Tuple tuple(String path, PodStandard standard) {
        return org.assertj.core.api.Assertions.tuple("restrictedVolumes", path, standard);
    }

    private static List<Violation> restricted(String container) {
        return PodSecurity.violations(pod(STRICT_POD.formatted(container)), PodStandard.Restricted);
    }

    private static List<String> paths(String spec) {
        return PodSecurity.violations(pod(spec), PodStandard.Restricted).stream()
                .map(Violation::path)
                .toList();
    }

    private static Pod pod(String spec) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {a: b}}\nspec: " + spec + "\n", Pod.class);
    }
}
