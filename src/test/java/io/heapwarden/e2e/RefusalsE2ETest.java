package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.response.GateRefusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaking workloads that must not be restarted, each for one reason: what the gate says of them, and what it does when the reason goes. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusalsE2ETest {

    private static final String NAMESPACE = "e2e-refusals";
    private static final Duration FOUR_MINUTES = Duration.ofMinutes(4);
    private static final Observed seen = new Observed(NAMESPACE);
    private static AuditTrail trail;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install("restarts.perHour=3600");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        trail = new AuditTrail(NAMESPACE);
        Map<Leaker, String> rules = new LinkedHashMap<>();
        rules.put(Leaker.deployment("window", 1), Pods.closedToday());
        rules.put(Leaker.deployment("confidence", 1), "minConfidence: 100%");
        rules.put(Leaker.deployment("rollout", 1), "cooldown: 1h");
        rules.put(
                Leaker.of("StatefulSet", "revision", 2).spec("podManagementPolicy: Parallel"), "maxUnavailable: 100%");
        rules.put(
                Leaker.of("DaemonSet", "nothing-rolls", 0).spec("updateStrategy: {type: OnDelete}"),
                "strategy: RolloutRestart");
        rules.put(
                Leaker.of("StatefulSet", "unavailable", 2)
                        .spec("podManagementPolicy: Parallel")
                        .pod(
                                "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname,"
                                        + " labelSelector: {matchLabels: {app: unavailable}}}]}}"),
                "maxUnavailable: 1");
        rules.put(Leaker.of("Pod", "standalone", 0), "cooldown: 1h");
        rules.put(Leaker.of("Job", "job", 0).pod("restartPolicy: Never"), "cooldown: 1h");
        rules.put(Leaker.deployment("budget", 1), "cooldown: 1h");
        apply(
                NAMESPACE,
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: keep-one}
                spec: {minAvailable: 1, selector: {matchLabels: {app: budget}}}
                """);
        rules.forEach((workload, rule) -> {
            apply(NAMESPACE, workload.manifest());
            apply(NAMESPACE, Pods.enforcing(workload.name(), rule));
        });
        for (String changed : new String[] {"deployment/rollout", "statefulset/revision"}) {
            kubectl("rollout", "status", changed, "-n", NAMESPACE, "--timeout=2m");
            kubectl("set", "image", changed, "-n", NAMESPACE, "app=localhost/heapwarden-workload:that-nobody-built");
        }
    }

    @AfterAll
    static void clean() {
        trail.close();
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "NotConfident,       Deployment/confidence,   100 %",
        "OutsideWindow,      Deployment/window,       the next opens at",
        "RolloutInProgress,  Deployment/rollout,      of the new revision",
        "OldRevision,        StatefulSet/revision,    the rollout of that comes first",
        "NothingRolls,       DaemonSet/nothing-rolls, OnDelete",
        "TooManyUnavailable, StatefulSet/unavailable, 2 of the 2 pods",
        "NoController,       Pod/standalone,          only a person may delete it",
        "JobPod,             Job/job,                 only a person may delete it",
        "DisruptionBudget,   Deployment/budget,       keep-one",
    })
    void itIsSaidInReportEventsAndMetrics(GateRefusal refusal, String workload, String words) {
        String app = workload.substring(workload.indexOf('/') + 1);

        await(workload + " to be refused a restart").atMost(FOUR_MINUTES).untilAsserted(() -> {
            assertThat(trail.words(workload)).contains(refusal.name());
            assertThat(seen.said("MemoryPolicy", app, "RestartRefused")).anyMatch(said -> said.contains(words));
            assertThat(seen.pods(app))
                    .anyMatch(pod -> seen.said("Pod", pod.getMetadata().getName(), "RestartRefused").stream()
                            .anyMatch(said -> said.contains(words)));
        });

        assertThat(HeapwardenRelease.metric("heapwarden_gate_refusals_total{reason=\"" + refusal + "\"}"))
                .isPositive();
        assertThat(trail.acts(app)).isEmpty();
        assertThat(trail.gone(app)).noneMatch(pod -> !app.equals("revision") && !app.equals("rollout"));
    }

    @Test
    @Order(2)
    void aNodeThatIsBeingDrainedIsLeftToItsDrain() {
        String node = seen.pod("budget").getSpec().getNodeName();

        kubectl("cordon", node);
        try {
            await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(trail.words("Deployment/budget"))
                    .contains("NodeDraining"));
        } finally {
            kubectl("uncordon", node);
        }

        assertThat(HeapwardenRelease.metric("heapwarden_gate_refusals_total{reason=\"NodeDraining\"}"))
                .isPositive();
    }

    @Test
    @Order(3)
    void theEvictionHappensOnceTheBudgetIsGone() {
        String pod = seen.pod("budget").getMetadata().getUid();

        kubectl("delete", "pdb", "keep-one", "-n", NAMESPACE);

        await().atMost(FOUR_MINUTES)
                .untilAsserted(() -> assertThat(trail.outcomes("budget", pod)).containsExactly("Intended", "Evicted"));
        assertThat(trail.gone("budget")).extracting(AuditTrail.Gone::uid).containsExactly(pod);
    }

    @Test
    @Order(4)
    void aStandalonePodIsEvictedWhenItIsNamed() {
        String pod = seen.pod("standalone").getMetadata().getUid();

        kubectl(
                "patch",
                "mempol",
                "standalone",
                "-n",
                NAMESPACE,
                "--type=merge",
                "-p",
                "{\"spec\":{\"restart\":{\"standalonePods\":[\"standalone\"]}}}");

        await().atMost(FOUR_MINUTES).untilAsserted(() -> assertThat(trail.gone("standalone"))
                .extracting(AuditTrail.Gone::uid)
                .containsExactly(pod));
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(trail.outcomes("standalone", pod))
                .containsExactly("Intended", "Evicted"));
    }
}
