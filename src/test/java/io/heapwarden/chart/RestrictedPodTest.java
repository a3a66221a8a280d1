package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

/** The Pod Security Standard "restricted", and what goes beyond it. */
class RestrictedPodTest {

    @Test
    void thePodIsRestricted() {
        PodSpec pod = pod();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001L);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(10001L);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getEmptyDir() != null);
        assertThat(pod.getInitContainers()).isEmpty();
    }

    @Test
    void everyContainerIsRestricted() {
        assertThat(pod().getContainers()).hasSize(1).allSatisfy(container -> {
            SecurityContext security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getPrivileged()).isNull();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
            assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null);
        });
    }

    @Test
    void onlyTheTemporaryDirectoryIsWritable() {
        PodSpec pod = pod();
        Container operator = pod.getContainers().get(0);

        assertThat(operator.getVolumeMounts()).singleElement().satisfies(mount -> assertThat(mount.getMountPath())
                .isEqualTo("/tmp"));
        assertThat(pod.getVolumes().get(0).getEmptyDir().getSizeLimit()).hasToString("64Mi");
    }

    @Test
    void onlyThePodMountsTheToken() {
        Manifests all = Helm.template();

        assertThat(all.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(pod(all).getAutomountServiceAccountToken()).isTrue();
    }

    @Test
    void openShiftChoosesTheUser() {
        PodSpec pod = pod(Helm.template("--api-versions", "security.openshift.io/v1"));

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
        assertThat(pod.getSecurityContext().getRunAsGroup()).isNull();
    }

    private static PodSpec pod() {
        return pod(Helm.template());
    }

    private static PodSpec pod(Manifests all) {
        return all.only(Deployment.class).getSpec().getTemplate().getSpec();
    }
}
