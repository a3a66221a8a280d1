package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.helm;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The chart's life: installed, upgraded to two replicas, uninstalled with policies kept, installed again. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChartLifecycleE2ETest {

    private static final String NAMESPACE = "e2e-chart";

    @BeforeAll
    static void install() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, Pods.policy("kept", "nothing", ""));
    }

    @AfterAll
    static void clean() {
        HeapwardenRelease.install();
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    @Order(1)
    void anUpgradeReplacesTheCrdsAndRunsTwoReplicasOfWhichOneLeads() {
        kubectl("annotate", "crd", "memorypolicies.heapwarden.io", "e2e.example/left=over", "--overwrite");
        kubectl(
                "patch",
                "crd",
                "memorypolicies.heapwarden.io",
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/security\"}]");

        HeapwardenRelease.install("replicas=2");

        assertThat(kubectl("get", "crd", "memorypolicies.heapwarden.io", "-o", "yaml"))
                .contains("falco:");
        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() ->
                        assertThat(HeapwardenRelease.operatorPods()).hasSize(2).allMatch(ChartLifecycleE2ETest::ready));
        // A lease of a replica that is gone runs out after 15 s.
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(HeapwardenRelease.operatorPodNames())
                .contains(kubectl(
                        "get",
                        "lease",
                        "heapwarden",
                        "-n",
                        HeapwardenRelease.NAMESPACE,
                        "-o",
                        "jsonpath={.spec.holderIdentity}")));
    }

    @Test
    @Order(2)
    void anUninstallKeepsCrdsAndPolicies() {
        HeapwardenRelease.uninstall();

        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(HeapwardenRelease.operatorPodNames())
                .isEmpty());
        assertThat(kubectl("get", "mempol", "kept", "-n", NAMESPACE)).contains("kept");
    }

    @Test
    @Order(3)
    void itCanBeInstalledAgainAndTakesThePoliciesUp() {
        HeapwardenRelease.install();

        Observed seen = new Observed(NAMESPACE);
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> {
            assertThat(seen.policy("kept").getStatus().conditions())
                    .anyMatch(condition -> condition.getReason().equals("NoPodsMatched"));
            assertThat(seen.events("MemoryPolicy", "kept")).containsKey("NoPodsMatched");
        });
    }

    @Test
    @Order(4)
    void theNotesTellTheNextCommand() {
        assertThat(helm("get", "notes", "heapwarden", "-n", HeapwardenRelease.NAMESPACE))
                .contains("kubectl apply");
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}
