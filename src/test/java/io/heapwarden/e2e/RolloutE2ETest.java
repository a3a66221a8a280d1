package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.heapwarden.e2e.AuditTrail.Gone;
import java.time.Duration;
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

/** Restarts by the workloads' own rollouts, where the installation may change workloads; and what an observed pod came to. */
@Tag("acting")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolloutE2ETest {

    private static final String NAMESPACE = "e2e-rollout";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String ROLL = "strategy: RolloutRestart, cooldown: 1h, maxUnavailable: 100%";
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final Observed seen = new Observed(NAMESPACE);
    private static AuditTrail trail;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install("restarts.perHour=3600", "restarts.rollout=true");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        trail = new AuditTrail(NAMESPACE);
        for (Leaker rolled : List.of(
                Leaker.deployment("deployed", 2),
                Leaker.of("StatefulSet", "stateful", 2),
                Leaker.of("DaemonSet", "daemon", 0))) {
            apply(NAMESPACE, rolled.manifest());
            apply(NAMESPACE, Pods.enforcing(rolled.name(), ROLL));
        }
        apply(NAMESPACE, Leaker.deployment("only", 1).manifest());
        apply(NAMESPACE, Pods.enforcing("only", "cooldown: 1h"));
        apply(
                NAMESPACE,
                Leaker.deployment("observed", 1)
                        .arguments(
                                "-Xmx128m",
                                "-Xmn8m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "Leak",
                                "700",
                                "512",
                                "1024")
                        .manifest());
        apply(NAMESPACE, Pods.restarting("observed", "mode: Observe"));
    }

    @AfterAll
    static void clean() {
        trail.close();
        TestCluster.deleteNamespace(NAMESPACE);
        HeapwardenRelease.install();
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({"Deployment, deployed, 2", "StatefulSet, stateful, 2", "DaemonSet, daemon, 1"})
    void allPodsAreReplacedByTheWorkloadsOwnRollout(String kind, String app, int pods) {
        await(kind + " to be rolled out").atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(trail.acts(app)).extracting(AuditTrail.Act::outcome).containsExactly("Intended", "RolledOut");
            assertThat(trail.gone(app)).hasSize(pods);
        });

        assertThat(template(kind, app).getMetadata().getAnnotations()).containsKey(RESTARTED_AT);
        await().atMost(TestCluster.A_MINUTE).until(() -> seen.pods(app).size() == pods);
        assertThat(seen.pods(app))
                .allMatch(pod -> pod.getMetadata().getAnnotations().containsKey(RESTARTED_AT));
    }

    @Test
    @Order(2)
    void theOnlyPodOfADeploymentGoesWhenTheNewOneIsReady() {
        await("the only pod to be replaced")
                .atMost(FIVE_MINUTES)
                .until(() -> trail.gone("only").size() == 1);

        Gone gone = trail.gone("only").getFirst();
        assertThat(trail.outcomes("only", gone.uid())).containsExactly("Intended", "RolledOut");
        assertThat(trail.readyAfter("only", gone)).isBeforeOrEqualTo(gone.at());
        assertThat(template("Deployment", "only").getMetadata().getAnnotations())
                .containsKey(RESTARTED_AT);
    }

    @Test
    @Order(3)
    void anObservedPodThatThenRanOutOfMemoryIsCounted() {
        await("the observed pod to end as foretold").atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(seen.policy("observed").getStatus().wouldHaveRestarted()).isNotNull();
            assertThat(seen.policy("observed").getStatus().wouldHaveRestarted().pods())
                    .isEqualTo(1);
            assertThat(seen.policy("observed").getStatus().wouldHaveRestarted().thenOutOfMemory())
                    .isEqualTo(1);
        });
        assertThat(trail.gone("observed")).isEmpty();
        assertThat(seen.actionOutcomes("observed")).containsExactly("WouldHaveEvicted");
    }

    private static PodTemplateSpec template(String kind, String name) {
        var apps = CLIENT.apps();
        return switch (kind) {
            case "Deployment" ->
                apps.deployments()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
            case "StatefulSet" ->
                apps.statefulSets()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
            default ->
                apps.daemonSets()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get()
                        .getSpec()
                        .getTemplate();
        };
    }
}
