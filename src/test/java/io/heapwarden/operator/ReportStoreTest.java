package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.MemoryReport;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.history.ContainerCheckpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ReportStoreTest {

    private static final String REPORTS = "/apis/heapwarden.io/v1alpha1/namespaces/shop/memoryreports/";
    private static final PodKey KEY = PodKey.of(Shop.pod());

    KubernetesMockServer server;
    KubernetesClient client;

    private final Pod pod = Shop.pod();
    private Operated operated;
    private PolicyPlan plan;
    private PodMonitor monitor;
    private Applied created;
    private Applied statuses;

    @BeforeEach
    void start() {
        created = Applied.to(server, REPORTS + Shop.POD);
        statuses = Applied.to(server, REPORTS + Shop.POD + "/status");
        client.resource(pod).create();
        operated = new Operated(client, new ScriptedEvictor());
        operated.watch();
        plan = operated.plan(Shop.policy());
        Pod seen = operated.podWatch.get(Shop.NAMESPACE, Shop.POD);
        pod.getMetadata().setUid(seen.getMetadata().getUid());
        monitor = operated.monitor(seen, plan);
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void theFirstTurnWritesAReportThatThePodOwns() {
        turn();

        JsonNode owner = created.last().at("/metadata/ownerReferences/0");
        assertThat(owner.at("/kind").asText()).isEqualTo("Pod");
        assertThat(owner.at("/name").asText()).isEqualTo(Shop.POD);
        assertThat(owner.at("/uid").asText()).isEqualTo(pod.getMetadata().getUid());
        assertThat(statuses.last().at("/status/state").asText()).isEqualTo("WarmingUp");
        assertThat(statuses.last().at("/status/checkpoint").asText()).startsWith("{\"app\":\"3:");
    }

    @Test
    void nothingNewIsNotWrittenUntilTheCheckpointIsDue() {
        turns(40);
        int written = statuses.patches().size();
        Duration due = ReportStore.MOST_BETWEEN_CHECKPOINTS;

        turns(30);

        assertThat(created.patches()).hasSize(1);
        assertThat(statuses.patches().size() - written).isEqualTo((int) (30 / due.toMinutes()));
    }

    @Test
    void aNewStateIsWrittenAtOnce() {
        turn();
        int written = statuses.patches().size();
        operated.probe.failing();
        turn();

        assertThat(statuses.patches()).hasSize(written + 1);
        assertThat(statuses.last()
                        .at("/status/containers/0/lastRefusals/0/reason")
                        .asText())
                .isEqualTo("TimedOut");
    }

    @Test
    void aRefusedWriteIsMadeUpForByTheNextTurn() {
        statuses.refuse(403);
        turn();
        statuses.refuse(200);

        turn();

        assertThat(statuses.patches()).hasSize(1);
    }

    @Test
    void aNewLeaderGoesOnFromTheCheckpointOnce() {
        turns(40);
        client.resource(stored(
                        pod.getMetadata().getUid(),
                        statuses.last().at("/status/checkpoint").asText()))
                .create();

        operated.reports.load();
        Map<String, ContainerCheckpoint> found =
                operated.reports.takeLeft(monitor.key()).checkpoints();

        assertThat(found).containsOnlyKeys("app");
        assertThat(found.get("app").detector().samples()).isGreaterThan(20);
        assertThat(operated.reports.takeLeft(monitor.key()).checkpoints()).isEmpty();
    }

    @Test
    void aReportOfAPredecessorOfTheSameNameIsOfNoUse() {
        client.resource(stored("uid-of-the-predecessor", "{}")).create();

        operated.reports.load();

        assertThat(operated.reports.takeLeft(KEY).checkpoints()).isEmpty();
    }

    @Test
    void whatBelongsToNoFollowedPodIsDeleted() {
        client.resource(stored(KEY.uid(), "{}")).create();
        operated.reports.load();

        operated.reports.deleteAllBut(Set.of(KEY));
        assertThat(reports()).hasSize(1);

        operated.reports.deleteAllBut(Set.of());
        assertThat(reports()).isEmpty();
    }

    private List<MemoryReport> reports() {
        return client.resources(MemoryReport.class)
                .inNamespace(Shop.NAMESPACE)
                .list()
                .getItems();
    }

    private static MemoryReport stored(String podUid, String checkpoint) {
        MemoryReport report = new MemoryReport();
        report.getMetadata().setNamespace(Shop.NAMESPACE);
        report.getMetadata().setName(Shop.POD);
        report.setStatus(new MemoryReportStatus(
                podUid,
                Shop.POLICY,
                "Deployment/checkout",
                "6c9",
                "Healthy",
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                checkpoint));
        return report;
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn();
        }
    }

    private void turn() {
        operated.clock.move(plan.interval());
        monitor.turn();
    }
}
