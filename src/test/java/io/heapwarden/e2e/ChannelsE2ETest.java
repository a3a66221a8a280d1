package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.PassedOver;
import io.heapwarden.api.ContainerReport.SignalReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each way to a JVM on a real node, in a namespace that enforces the restricted Pod Security Standard. */
@Tag("e2e")
class ChannelsE2ETest {

    private static final String NAMESPACE = "e2e-channels";
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Observed seen = new Observed(NAMESPACE);

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install(
                "channels.ephemeralContainer.enabled=true",
                "channels.ephemeralContainer.image=localhost/heapwarden-probe:dev",
                "channels.kubelet.enabled=true");
        TestCluster.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        apply(
                NAMESPACE,
                Pods.deployment("bare", 10002, "localhost/heapwarden-workload:shell-less", "-Xmx64m", "Steady"));
        apply(
                NAMESPACE,
                Pods.deployment(
                                "published",
                                10002,
                                "localhost/heapwarden-workload:exporter",
                                "-Xmx64m",
                                "-XX:+UseG1GC",
                                "-javaagent:/opt/exporter/exporter.jar=9404:/opt/exporter/exporter.yaml",
                                "Steady")
                        .replace(
                                "metadata: {labels: {app: published}}",
                                "metadata: {labels: {app: published}, annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '9404'}}"));
        apply(NAMESPACE, Pods.deployment("outside", 10002, "localhost/heapwarden-workload:17", "-Xmx64m", "Steady"));
        apply(NAMESPACE, policy("bare", "[Metrics, Exec, EphemeralContainer]"));
        apply(NAMESPACE, policy("published", "[Metrics, Exec]"));
        apply(NAMESPACE, policy("outside", "[Kubelet]"));
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
        HeapwardenRelease.install();
    }

    @Test
    void anImageWithoutAShellIsReadFromBesideIt() {
        Pod pod = seen.pod("bare");
        ContainerReport container = report(pod, found -> found.histograms() > 1 && "Healthy".equals(found.state()));

        assertThat(container.channel().name()).isEqualTo("EphemeralContainer");
        assertThat(container.channel().source()).isEqualTo("hsperfdata over ephemeral container");
        assertThat(container.channel().passedOver())
                .extracting(PassedOver::name, PassedOver::reason)
                .containsExactly(tuple("Metrics", "NoMetricsEndpoint"), tuple("Exec", "NoShell"));
        assertThat(signals(container)).contains("HeapAfterGC", "Metaspace", "Threads", "ContainerAnon");
    }

    @Test
    void aPodGetsOneDebugContainerForItsLifeAndTheRightsOfItsApplication() {
        Pod pod = seen.pod("bare");
        report(pod, found -> found.samples() > 2);

        HeapwardenRelease.kill();
        Instant restarted = Instant.now();
        report(pod, found -> Instant.parse(found.lastSample()).isAfter(restarted));

        assertThat(CLIENT.resource(pod).get().getSpec().getEphemeralContainers())
                .singleElement()
                .satisfies(ChannelsE2ETest::hasNoMoreRightsThanNeeded);
    }

    private static void hasNoMoreRightsThanNeeded(EphemeralContainer debug) {
        assertThat(debug.getTargetContainerName()).isEqualTo("app");
        assertThat(debug.getSecurityContext().getRunAsUser()).isEqualTo(10002);
        assertThat(debug.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(debug.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(debug.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    }

    @Test
    void aPageThatThePodPublishesIsEnough() {
        Pod pod = seen.pod("published");
        ContainerReport container = report(
                pod,
                found -> "Healthy".equals(found.state())
                        && found.channel().name().equals("Metrics"));

        assertThat(container.channel().source()).endsWith(":9404/metrics");
        assertThat(container.channel().passedOver()).isNull();
        assertThat(container.jvm().collector()).isEqualTo("G1");
        assertThat(signals(container)).contains("HeapAfterGC", "Metaspace", "Classes", "Threads", "ContainerAnon");
        assertThat(container.histograms())
                .as("taken by exec, which is allowed too")
                .isPositive();
    }

    @Test
    void theKubeletAloneKnowsTheContainersMemory() {
        ContainerReport container = report(seen.pod("outside"), found -> found.samples() > 2);

        assertThat(container.channel().name()).isEqualTo("Kubelet");
        assertThat(signals(container)).containsExactly("ContainerAnon");
        assertThat(container.jvm().version()).isNull();
    }

    private static ContainerReport report(Pod pod, java.util.function.Predicate<ContainerReport> wanted) {
        return seen.report(
                        pod.getMetadata().getName(),
                        TWO_MINUTES,
                        status -> !status.containers().isEmpty()
                                && status.containers().getFirst().channel() != null
                                && wanted.test(status.containers().getFirst()))
                .containers()
                .getFirst();
    }

    private static List<String> signals(ContainerReport container) {
        return container.signals().stream().map(SignalReport::signal).toList();
    }

    private static String policy(String app, String channels) {
        return """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  sampling: {interval: 2s, histogram: {when: Periodic, minInterval: 10s}, channels: %2$s}
                """
                .formatted(app, channels);
    }
}
