package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.objective.SpentTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod goes; what it taught and spent stays with its policy. */
@EnableKubernetesMockClient(crud = true)
class PodReplacementTest {

    private static final PolicyKey KEY = new PolicyKey(Shop.NAMESPACE, Shop.POLICY);

    KubernetesMockServer server;
    KubernetesClient client;

    private final MemoryPolicy policy = Shop.policy();
    private Applied statuses;
    private Operated operated;
    private PolicyPlan plan;
    private PodMonitor monitor;

    @BeforeEach
    void start() {
        statuses = Applied.to(server, PolicyStatusWriterTest.STATUS);
        client.resource(Shop.pod()).create();
        operated = new Operated(client, new ScriptedEvictor());
        operated.watch();
        plan = operated.plan(policy);
        monitor = operated.monitor(operated.podWatch.get(Shop.NAMESPACE, Shop.POD), plan);
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void timeThatWasSpentStaysSpentAndWhatWasLearntIsWritten() {
        turns(300);
        Duration good = goodTime(operated);
        assertThat(good).as("nothing is handed on while the pod lives").isZero();

        replacePod();
        operated.status.write(KEY);

        assertThat(goodTime(operated)).isGreaterThan(Duration.ofMinutes(200));
        JsonNode workload = statuses.last().at("/status/workloads/0");
        assertThat(workload.at("/workload").asText()).isEqualTo("Deployment/checkout");
        assertThat(workload.at("/container").asText()).isEqualTo("app");
        assertThat(workload.at("/revisions/0/revision").asText()).isEqualTo("6c9");
        assertThat(workload.at("/revisions/0/lives").asInt()).isEqualTo(1);
        assertThat(workload.at("/plateaus").findValuesAsText("signal")).contains("HeapAfterGC");
        assertThat(workload.at("/objectives/0/compliance").asText()).isEqualTo("100%");
        assertThat(workload.at("/checkpoint").asText().length()).isLessThan(2_000);
        assertThat(statuses.last().at("/status/objectives/0/compliance").asText())
                .isEqualTo("100%");
    }

    @Test
    void anOperatorThatComesAfterGoesOnFromTheStatusAndWritesNothingNew() {
        turns(300);
        replacePod();
        operated.status.write(KEY);
        policy.setStatus(client.getKubernetesSerialization()
                .unmarshal(statuses.last().toString(), MemoryPolicy.class)
                .getStatus());

        try (Operated next = new Operated(client, new ScriptedEvictor())) {
            next.plan(policy);
            next.clock.move(Duration.ofMinutes(301));
            next.status.write(KEY);

            assertThat(goodTime(next)).isEqualTo(goodTime(operated)).isPositive();
            assertThat(page(next).memory()).isEqualTo(page(operated).memory());
            assertThat(statuses.patches()).hasSize(1);
        }
    }

    @Test
    void aPodThatIsOnlyLetGoOfHasNotLivedItsLife() {
        turns(300);

        monitor.end();
        monitor.bequeath();

        assertThat(page(operated).memory().revisions()).isEmpty();
        assertThat(goodTime(operated)).isPositive();
    }

    @Test
    void aMemoryThatCannotBeReadIsLearntAnew() {
        turns(300);
        replacePod();
        operated.status.write(KEY);
        policy.setStatus(client.getKubernetesSerialization()
                .unmarshal(
                        statuses.last().toString().replaceAll("\"checkpoint\":\"3:.{20}", "\"checkpoint\":\"3:"),
                        MemoryPolicy.class)
                .getStatus());

        try (Operated next = new Operated(client, new ScriptedEvictor())) {
            next.plan(policy);

            assertThat(page(next).memory().revisions()).isEmpty();
        }
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            operated.clock.move(plan.interval());
            monitor.turn();
        }
    }

    private void replacePod() {
        Pod pod = operated.podWatch.get(Shop.NAMESPACE, Shop.POD);
        client.resource(pod).delete();
        await().atMost(Duration.ofSeconds(10)).until(() -> operated.podWatch.get(Shop.NAMESPACE, Shop.POD) == null);
        monitor.end();
        monitor.bequeath();
    }

    private RememberedWorkload page(Operated one) {
        return one.book.of(plan, new Workload("Deployment", "checkout", "7d4"), "app");
    }

    private Duration goodTime(Operated one) {
        return SpentTime.compliance(
                        GrowthObjective.NO_LEAK, one.book.spent(plan, GrowthObjective.NO_LEAK), one.clock.instant())
                .good();
    }
}
