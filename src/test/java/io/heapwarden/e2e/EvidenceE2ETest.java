package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.evidence.BundleReader;
import io.heapwarden.evidence.Manifest;
import io.heapwarden.evidence.Part;
import io.heapwarden.evidence.ReadBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A leaking pod whose evidence is collected into a real S3 server, and told to a real Alertmanager, before it is evicted. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvidenceE2ETest {

    private static final String NAMESPACE = "e2e-evidence";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String POLICY =
            """
            mode: Enforce
            notify: [oncall]
            evidence: {maxPause: 2s, heapDump: {maxPause: 600s}}
            responses:
            - when: {state: Leaking}
              actions: [Annotate, Event, Notify, Evidence, Restart]
            """;

    private static final Observed seen = new Observed(NAMESPACE);

    @TempDir
    static Path scratch;

    private static NodeServers servers;
    private static String pod;

    @BeforeAll
    static void workloads() throws Exception {
        servers = new NodeServers(scratch);
        servers.startS3();
        servers.startAlertmanager();
        HeapwardenRelease.install();
        apply(
                HeapwardenRelease.NAMESPACE,
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: s3}
                stringData: {accessKeyId: %s, secretAccessKey: %s}
                """
                        .formatted(NodeServers.ACCESS_KEY, NodeServers.SECRET_KEY));
        HeapwardenRelease.install(
                "evidence.s3.bucket=" + NodeServers.BUCKET,
                "evidence.s3.endpoint=http://" + NodeServers.ADDRESS + ":" + NodeServers.S3_PORT,
                "evidence.s3.credentialsSecret=s3",
                "notify.receivers[0].name=oncall",
                "notify.receivers[0].type=Alertmanager",
                "notify.receivers[0].intervalSeconds=2",
                "notify.receivers[0].url=http://" + NodeServers.ADDRESS + ":" + NodeServers.ALERTMANAGER_PORT);
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, Pods.leaking("checkout"));
        apply(NAMESPACE, Pods.policy("checkout", "checkout", POLICY));
        pod = seen.pod("checkout").getMetadata().getName();
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
        servers.close();
    }

    @Test
    @Order(0)
    void peopleOutsideAreToldWhileItLasts() {
        await().atMost(FIVE_MINUTES).until(EvidenceE2ETest::fires);
    }

    @Test
    @Order(1)
    void theEvidenceIsKeptBeforeThePodIsEvicted() {
        await().atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(seen.actionOutcomes("checkout")).containsExactly("Evicted"));

        ActionRecord act = seen.policy("checkout").getStatus().lastActions().getFirst();
        assertThat(act.evidence()).as("where the evidence is").startsWith("s3://evidence/e2e-evidence/");
    }

    @Test
    @Order(2)
    void aPersonFindsTheCauseInIt() throws Exception {
        Path file = servers.objects(".evidence.zip").getFirst();
        ReadBundle bundle = BundleReader.read(file);

        assertThat(bundle.damage()).isEmpty();
        assertThat(bundle.manifest().missing()).as("all parts are there").isEmpty();
        assertThat(bundle.manifest().judgement().culprits())
                .first()
                .extracting(culprit -> culprit.className())
                .isEqualTo("com.shop.Order");
        assertThat(new String(bundle.part(Part.Chain), StandardCharsets.UTF_8)).contains("static ", "Order");
        assertThat(bundle.manifest().attachments())
                .singleElement()
                .extracting(Manifest.Attachment::location)
                .asString()
                .startsWith("s3://evidence/");
        assertThat(servers.objects(".hprof.gz")).hasSize(1);
    }

    @Test
    @Order(3)
    void peopleOutsideAreToldWhenItIsOver() {
        await().atMost(FIVE_MINUTES).until(() -> !fires());
        assertThat(kubectl("-n", NAMESPACE, "get", "events", "--field-selector", "involvedObject.name=" + pod))
                .contains("EvidenceCollected", "Restarting", "Restarted");
    }

    private static boolean fires() throws Exception {
        for (JsonNode alert : servers.alerts()) {
            JsonNode labels = alert.path("labels");
            if (labels.path("alertname").asText().equals("JvmMemoryLeak")
                    && labels.path("pod").asText().equals(pod)) {
                return true;
            }
        }
        return false;
    }

    @Test
    @Order(4)
    void nothingIsLeftInTheSuccessorsTemporaryDirectory() {
        String successor = seen.pod("checkout").getMetadata().getName();
        assertThat(kubectl("-n", NAMESPACE, "exec", successor, "--", "ls", "-A", "/tmp"))
                .doesNotContain("heapwarden");
    }
}
