package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.MemoryReportStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A leaking Deployment beside a steady one, one without a JVM and one without a shell, under one policy. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakDetectionE2ETest {

    private static final String NAMESPACE = "e2e-detection";
    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);

    private static final Observed seen = new Observed(NAMESPACE);
    private static String leaker;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, Pods.leaking("checkout"));
        apply(NAMESPACE, Pods.steady("catalog"));
        apply(NAMESPACE, Pods.plain("no-jvm", "localhost/heapwarden-workload:no-jvm"));
        apply(NAMESPACE, Pods.plain("shell-less", "localhost/heapwarden-workload:shell-less"));
        apply(
                NAMESPACE,
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: everything}
                spec:
                  selector: {}
                  sampling: {interval: 2s, histogram: {minInterval: 10s}}
                """);
        leaker = seen.pod("checkout").getMetadata().getName();
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    @Order(1)
    void theLeakIsFoundAndItsClassIsNamed() {
        Set<String> states = seen.statesUntil(leaker, "Leaking", THREE_MINUTES);

        assertThat(states).containsSubsequence("Healthy", "Suspect", "Leaking");
        MemoryReportStatus report = seen.report(leaker, TestCluster.A_MINUTE, status -> status.culprit() != null);
        assertThat(report.verdict()).isEqualTo("RetentionLeak");
        assertThat(report.culprit()).isEqualTo("com.shop.Order");
        assertThat(report.exhaustion()).isNotBlank();
        assertThat(report.workload()).isEqualTo("Deployment/checkout");
    }

    @Test
    @Order(2)
    void eventAnnotationAndColumnsTellIt() {
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> {
            assertThat(seen.events("Pod", leaker)).containsKey("LeakConfirmed");
            assertThat(seen.events("MemoryPolicy", "everything")).containsKey("LeakConfirmed");
            assertThat(seen.annotations(leaker))
                    .containsEntry("heapwarden.io/verdict", "RetentionLeak")
                    .containsEntry("heapwarden.io/culprit", "com.shop.Order")
                    .containsKeys("heapwarden.io/state", "heapwarden.io/exhaustion", "heapwarden.io/report");
            assertThat(kubectl("get", "mempol", "-n", NAMESPACE))
                    .contains("CULPRIT", "EXHAUSTION", "Observe", "com.shop.Order");
            assertThat(kubectl("get", "memrep", "-n", NAMESPACE))
                    .contains("VERDICT", "RetentionLeak", "com.shop.Order");
        });
        assertThat(seen.events("Pod", leaker).get("LeakConfirmed")).contains("com.shop.Order");
    }

    @Test
    @Order(3)
    void aSteadyJvmIsHealthy() {
        String pod = seen.pod("catalog").getMetadata().getName();

        MemoryReportStatus report =
                seen.report(pod, TestCluster.A_MINUTE, status -> status.state().equals("Healthy"));

        ContainerReport container = report.containers().getFirst();
        assertThat(container.jvm().version()).startsWith("25");
        assertThat(container.jvm().collector()).isEqualTo("Serial");
        assertThat(seen.annotations(pod)).isEmpty();
        assertThat(seen.events("Pod", pod)).isEmpty();
    }

    @Test
    @Order(4)
    void whatIsNotAJvmOrHasNoShellIsLeftAloneAndSaidSo() {
        String noJvm = seen.pod("no-jvm").getMetadata().getName();
        String shellLess = seen.pod("shell-less").getMetadata().getName();

        MemoryReportStatus first = seen.report(
                noJvm, TestCluster.A_MINUTE, status -> status.state().equals("LeftAlone"));
        MemoryReportStatus second = seen.report(
                shellLess, TestCluster.A_MINUTE, status -> status.state().equals("LeftAlone"));

        assertThat(first.containers().getFirst().leftAlone().reason()).isEqualTo("NoJvm");
        assertThat(second.containers().getFirst().leftAlone().reason()).isEqualTo("NoShell");
        assertThat(restarts(noJvm) + restarts(shellLess)).isZero();
        assertThat(seen.policy("everything").getStatus().pods().leftAlone()).isEqualTo(2);
    }

    @Test
    @Order(5)
    void theReportGoesWithItsPod() {
        CLIENT.pods().inNamespace(NAMESPACE).withName(leaker).delete();

        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() -> assertThat(seen.report(leaker)).isEmpty());
    }

    @Test
    @Order(6)
    void everythingIsTakenBackWhenThePolicyGoes() {
        String next = seen.pod("checkout").getMetadata().getName();
        seen.report(next, TestCluster.A_MINUTE, status -> true);
        String steady = seen.pod("catalog").getMetadata().getName();

        kubectl("delete", "mempol", "everything", "-n", NAMESPACE);

        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> {
            assertThat(seen.report(next)).isEmpty();
            assertThat(seen.report(steady)).isEmpty();
            assertThat(seen.annotations(next)).isEmpty();
        });
    }

    private static int restarts(String pod) {
        return CLIENT.pods().inNamespace(NAMESPACE).withName(pod).get().getStatus().getContainerStatuses().stream()
                .mapToInt(status -> status.getRestartCount())
                .sum();
    }
}
