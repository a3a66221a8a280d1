package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.ActionRecord;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Three leaking Deployments: one that may be restarted, one behind a PodDisruptionBudget, one whose policy only observes. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnforceE2ETest {

    private static final String NAMESPACE = "e2e-enforce";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String RESTART_FROM_LEAKING =
            """
            responses:
            - when: {state: Leaking}
              actions: [Annotate, Event, Restart]
            """;

    private static final Observed seen = new Observed(NAMESPACE);
    private static String enforced;
    private static String budgeted;
    private static String observed;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        for (String app : new String[] {"enforced", "budgeted", "observed"}) {
            apply(NAMESPACE, Pods.leaking(app));
        }
        apply(
                NAMESPACE,
                Pods.policy(
                        "enforced", "enforced", "mode: Enforce\nrestart: {cooldown: 20m}\n" + RESTART_FROM_LEAKING));
        apply(NAMESPACE, Pods.policy("budgeted", "budgeted", "mode: Enforce\n" + RESTART_FROM_LEAKING));
        apply(NAMESPACE, Pods.policy("observed", "observed", RESTART_FROM_LEAKING));
        apply(
                NAMESPACE,
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: keep-one}
                spec: {minAvailable: 1, selector: {matchLabels: {app: budgeted}}}
                """);
        enforced = seen.pod("enforced").getMetadata().getName();
        budgeted = seen.pod("budgeted").getMetadata().getName();
        observed = seen.pod("observed").getMetadata().getName();
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    @Order(1)
    void theLeakingPodIsEvictedAndReplaced() {
        await().atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(seen.actionOutcomes("enforced")).containsExactly("Evicted"));

        Pod replacement = await().atMost(TestCluster.A_MINUTE)
                .until(
                        () -> seen.pod("enforced"),
                        pod -> !pod.getMetadata().getName().equals(enforced));
        assertThat(kubectl("get", "pods", "-n", NAMESPACE))
                .contains(replacement.getMetadata().getName());
        assertThat(seen.events("Pod", enforced)).containsKeys("Restarting", "Restarted");
        assertThat(seen.events("MemoryPolicy", "enforced")).containsKeys("Restarting", "Restarted");
        ActionRecord action = seen.policy("enforced").getStatus().lastActions().getFirst();
        assertThat(action.pod()).isEqualTo(enforced);
        assertThat(action.workload()).isEqualTo("Deployment/enforced");
    }

    @Test
    @Order(2)
    void observeOnlySaysWhatItWouldHaveDone() {
        await().atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(seen.events("Pod", observed)).containsKey("WouldRestart");
            assertThat(seen.actionOutcomes("observed")).containsExactly("WouldHaveEvicted");
        });

        assertThat(seen.pod("observed").getMetadata().getName()).isEqualTo(observed);
        assertThat(condition("observed", "Acting").getReason()).isEqualTo("Observing");
    }

    @Test
    @Order(3)
    void aDisruptionBudgetIsRespectedAndQuoted() {
        await().atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(seen.said("Pod", budgeted, "RestartRefused"))
                    .anyMatch(said -> said.contains("PodDisruptionBudget keep-one"));
            assertThat(seen.actionOutcomes("budgeted")).isEmpty();
        });

        assertThat(seen.pod("budgeted").getMetadata().getName()).isEqualTo(budgeted);
    }

    @Test
    @Order(4)
    void theCooldownHoldsOverAKilledOperator() {
        String replacement = seen.pod("enforced").getMetadata().getName();

        HeapwardenRelease.kill();

        await().atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(seen.events("Pod", replacement).get("RestartRefused"))
                        .contains("cooldown"));
        assertThat(seen.actionOutcomes("enforced")).containsExactly("Evicted");
        assertThat(seen.pod("enforced").getMetadata().getName()).isEqualTo(replacement);
    }

    private static Condition condition(String policy, String type) {
        return seen.policy(policy).getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
