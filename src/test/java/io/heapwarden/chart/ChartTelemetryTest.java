package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

class ChartTelemetryTest {

    @Test
    void neitherATraceNorAnAuditFileUnlessAskedFor() {
        assertThat(pod().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .noneMatch(name -> name.contains("OTLP") || name.contains("AUDIT"));
    }

    @Test
    void theCollectorAndItsHeadersAreHandedOn() {
        PodSpec pod = pod(
                "--set",
                "telemetry.otlp.endpoint=http://otel-collector.monitoring:4318,telemetry.otlp.headersSecret=otlp");

        assertThat(env(pod, "HEAPWARDEN_OTLP_ENDPOINT")).isEqualTo("http://otel-collector.monitoring:4318");
        assertThat(mount(pod, env(pod, "HEAPWARDEN_OTLP_HEADERS")).getReadOnly())
                .isTrue();
        assertThat(pod.getVolumes())
                .anySatisfy(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("otlp"));
    }

    @Test
    void theAuditFileIsOnItsVolumeWhichTheOperatorMayWrite() {
        PodSpec pod = pod("--set", "audit.volume.claim=audit");

        String file = env(pod, "HEAPWARDEN_AUDIT_FILE");
        assertThat(mount(pod, file.substring(0, file.lastIndexOf('/'))).getReadOnly())
                .isNotEqualTo(true);
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(10001L);
    }

    @Test
    void anEndpointThatIsNoneIsRefused() {
        assertThat(Helm.run(
                                "template",
                                Helm.CHART.toString(),
                                "--set",
                                "telemetry.otlp.endpoint=http://me:secret@collector:4318")
                        .output())
                .contains("at '/telemetry/otlp/endpoint'");
    }

    private static String env(PodSpec pod, String name) {
        return pod.getContainers().getFirst().getEnv().stream()
                .filter(env -> env.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(PodSpec pod, String path) {
        return pod.getContainers().getFirst().getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static PodSpec pod(String... arguments) {
        return Helm.template(arguments)
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
