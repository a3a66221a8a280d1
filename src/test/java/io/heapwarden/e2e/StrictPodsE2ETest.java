package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.MemoryReportStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pods as strict clusters want them: a restricted namespace, a uid that no passwd file knows, a root file system that cannot be written. */
@Tag("e2e")
class StrictPodsE2ETest {

    private static final String NAMESPACE = "e2e-strict";
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Observed seen = new Observed(NAMESPACE);

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        apply(
                NAMESPACE,
                Pods.deployment("unknown-uid", Pods.UNKNOWN, "localhost/heapwarden-workload:17", "-Xmx64m", "Steady"));
        apply(
                NAMESPACE,
                Pods.deployment("no-tmp", Pods.NOBODY, "localhost/heapwarden-workload:25", "-Xmx64m", "Steady")
                        .replace("volumeMounts: [{name: tmp, mountPath: /tmp}]", "")
                        .replace("volumes: [{name: tmp, emptyDir: {}}]", ""));
        apply(
                NAMESPACE,
                Pods.deployment(
                        "no-attach",
                        Pods.NOBODY,
                        "localhost/heapwarden-workload:17",
                        "-Xmx64m",
                        "-XX:+DisableAttachMechanism",
                        "Steady"));
        apply(
                NAMESPACE,
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: strict}
                spec:
                  selector: {}
                  sampling: {interval: 2s, histogram: {when: Periodic, minInterval: 10s}}
                """);
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    void aUidWithoutPasswdEntryIsReadThroughAttach() {
        MemoryReportStatus report = healthy("unknown-uid");

        ContainerReport container = report.containers().getFirst();
        assertThat(container.channel().source()).contains("heap_info");
        assertThat(container.signals())
                .extracting(ContainerReport.SignalReport::signal)
                .contains("HeapAfterGC");
    }

    @Test
    void histogramsAreTakenWhereAttachIsPossible() {
        String pod = seen.pod("unknown-uid").getMetadata().getName();

        seen.report(pod, TWO_MINUTES, status -> status.containers().getFirst().histograms() > 0);
    }

    @Test
    void aReadOnlyRootWithoutTmpIsStillWatchedFromOutside() {
        ContainerReport container = healthy("no-tmp").containers().getFirst();

        assertThat(container.channel().limitation()).contains("/tmp");
        assertThat(container.signals())
                .extracting(ContainerReport.SignalReport::signal)
                .contains("ContainerAnon");
        assertThat(container.histograms()).isZero();
    }

    @Test
    void aJvmWithAttachDisabledIsNeverSignalled() {
        ContainerReport container = healthy("no-attach").containers().getFirst();

        assertThat(container.channel().limitation()).contains("DisableAttachMechanism");
        assertThat(container.histograms()).isZero();
        // A signal would have made the JVM print a thread dump.
        assertThat(TestCluster.kubectl("logs", "-n", NAMESPACE, "deployment/no-attach"))
                .doesNotContain("Full thread dump");
    }

    private static MemoryReportStatus healthy(String app) {
        return seen.report(seen.pod(app).getMetadata().getName(), TWO_MINUTES, status -> status.state()
                .equals("Healthy"));
    }
}
