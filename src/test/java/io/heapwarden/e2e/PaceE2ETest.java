package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.e2e.AuditTrail.Act;
import io.heapwarden.e2e.AuditTrail.Gone;
import io.heapwarden.response.GateRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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

/** Workloads of which one pod was restarted already: what keeps the next restart waiting, and that each comes alone. */
@Tag("acting")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PaceE2ETest {

    private static final String NAMESPACE = "e2e-pace";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String READY_WHEN_TOLD =
            "readinessProbe: {periodSeconds: 1, exec: {command: [ls, /tmp/ready]}}";
    private static final Observed seen = new Observed(NAMESPACE);
    private static AuditTrail trail;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install("restarts.perHour=3600");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        trail = new AuditTrail(NAMESPACE);
        Map<Leaker, String> rules = new LinkedHashMap<>();
        rules.put(Leaker.deployment("cooldown", 2), "cooldown: 1h, maxUnavailable: 100%");
        rules.put(Leaker.deployment("day", 2), "cooldown: 1s, maxPerDay: 1, maxUnavailable: 100%");
        rules.put(Leaker.deployment("relief", 1), "cooldown: 100s, leastRelief: 1h");
        rules.put(
                Leaker.deployment("pending", 2).container(READY_WHEN_TOLD),
                "cooldown: 1s, leastRelief: 1s, maxUnavailable: 100%");
        rules.put(
                Leaker.of("StatefulSet", "three", 3).spec("podManagementPolicy: Parallel"),
                "cooldown: 1s, leastRelief: 1s, maxPerDay: 20, maxUnavailable: 100%");
        rules.forEach((workload, rule) -> {
            apply(NAMESPACE, workload.manifest());
            apply(NAMESPACE, Pods.enforcing(workload.name(), rule));
        });
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(seen.pods("pending"))
                .hasSize(2)
                .allSatisfy(pod ->
                        kubectl("exec", "-n", NAMESPACE, pod.getMetadata().getName(), "--", "touch", "/tmp/ready")));
    }

    @AfterAll
    static void clean() {
        trail.close();
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "CoolingDown,        cooldown, the cooldown of 1h ends at",
        "DailyLimit,         day,      24",
        "ReplacementPending, pending,  one pod at a time",
    })
    void theSecondLeakingPodWaits(GateRefusal refusal, String app, String words) {
        await(app + " to be refused a second restart").atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(trail.words("Deployment/" + app)).contains(refusal.name());
            assertThat(seen.said("MemoryPolicy", app, "RestartRefused")).anyMatch(said -> said.contains(words));
        });

        assertThat(HeapwardenRelease.metric("heapwarden_gate_refusals_total{reason=\"" + refusal + "\"}"))
                .isPositive();
        assertThat(trail.gone(app)).hasSize(1);
        assertThat(trail.outcomes(app, trail.gone(app).getFirst().uid())).containsExactly("Intended", "Evicted");
    }

    @Test
    @Order(2)
    void theNextRestartIsPrinted() {
        String next = seen.policy("cooldown").getStatus().nextRestart();
        ActionRecord last = seen.policy("cooldown").getStatus().lastActions().getFirst();

        assertThat(Instant.parse(next))
                .isBetween(
                        Instant.parse(last.time()).plus(Duration.ofMinutes(60)).minusSeconds(1),
                        Instant.parse(last.time()).plus(Duration.ofMinutes(60)).plusSeconds(1));
        assertThat(kubectl("get", "mempol", "cooldown", "-n", NAMESPACE, "-o", "wide"))
                .contains(next.substring(0, 16));
    }

    @Test
    @Order(3)
    void ofThreePodsEachIsRestartedWhenTheOneBeforeIsReadyAgain() {
        await("three restarts")
                .atMost(FIVE_MINUTES)
                .until(() -> trail.gone("three").size() >= 3);

        List<Gone> gone = trail.gone("three");
        for (int i = 1; i < 3; i++) {
            Instant ready = trail.readyAgain(gone.get(i - 1));
            assertThat(gone.get(i).at())
                    .as("%s after %s", gone.get(i), gone.get(i - 1))
                    .isAfterOrEqualTo(ready);
        }
        assertThat(trail.acts("three").stream().map(Act::outcome)).containsOnly("Intended", "Evicted");
    }

    @Test
    @Order(4)
    void aRestartThatDidNotHelpDoublesTheCooldown() {
        await("the relief to be too short").atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(trail.words("Deployment/relief")).contains("RestartDidNotHelp");
            assertThat(seen.said("MemoryPolicy", "relief", "RestartRefused"))
                    .anyMatch(said -> said.contains("the cause has to go"));
        });
        await("the second restart, later")
                .atMost(FIVE_MINUTES)
                .until(() -> trail.gone("relief").size() == 2);
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(
                        seen.policy("relief").getStatus().lastActions())
                .extracting(ActionRecord::outcome, ActionRecord::again)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Evicted", true),
                        org.assertj.core.groups.Tuple.tuple("Evicted", null)));

        List<Gone> gone = trail.gone("relief");
        assertThat(Duration.between(gone.get(0).at(), gone.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(198));
    }
}
