package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.e2e.AuditTrail.Gone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The S3 server is killed in the middle of each upload of evidence, and comes back. The pods are restarted once each all the same, it is said that there is no
 * evidence, and nothing of it lies about; once the server stays, evidence is kept again.
 */
@Tag("faults")
class KilledStoreFaultTest {

    private static final String NAMESPACE = "faults-store";
    private static final int MOST_AT_ONCE = 4;
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String POLICY =
            """
            mode: Enforce
            restart: {cooldown: 1h}
            evidence: {maxPause: 2s}
            responses: [{when: {state: Leaking}, actions: [Annotate, Event, Evidence, Restart]}]
            """;

    @TempDir
    Path scratch;

    private final Observed seen = new Observed(NAMESPACE);
    private final List<String> mistakes = new ArrayList<>();

    @Test
    void aStoreThatDiesHoldsUpNoRestartAndLeavesNoHalves() throws Exception {
        LocalFaults.begin();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        try (NodeServers servers = new NodeServers(scratch);
                UploadRelay relay = new UploadRelay(() -> killForAWhile(servers));
                AuditTrail trail = new AuditTrail(NAMESPACE);
                ApiProxy proxy = new ApiProxy(TestCluster.CLIENT.getConfiguration())) {
            servers.startS3();
            try (OperatorProcess operator =
                    new OperatorProcess(proxy, "first", NAMESPACE, NAMESPACE, settings(relay.address()))) {
                int repetitions = FaultTable.repetitions();
                for (int begun = 0; begun < repetitions; begun += MOST_AT_ONCE) {
                    restarted(trail, apps("store", begun, Math.min(repetitions, begun + MOST_AT_ONCE)), false);
                }
                assertThat(relay.hits()).isGreaterThanOrEqualTo(repetitions);
                assertThat(servers.objects(".evidence.zip")).isEmpty();

                relay.disarm();
                restarted(trail, apps("after", 0, 1), true);
                assertThat(servers.objects(".evidence.zip")).hasSize(1);

                FaultTable.add(
                        "S3 server killed in the middle of an upload",
                        repetitions,
                        proxy.evictions().size(),
                        mistakes.size(),
                        0);
                assertThat(mistakes).isEmpty();
                assertThat(operator.runs()).isTrue();
                assertThat(proxy.evictions()).hasSize(repetitions + 1);
            }
        } finally {
            TestCluster.deleteNamespace(NAMESPACE);
        }
    }

    private void restarted(AuditTrail trail, List<String> apps, boolean kept) {
        for (String app : apps) {
            apply(NAMESPACE, Leaker.of("Deployment", app, 1).manifest());
            apply(NAMESPACE, Pods.policy(app, app, POLICY));
        }
        await("restarts of " + apps)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> apps.stream().allMatch(app -> outcomes(trail, app).contains("Evicted")));
        for (String app : apps) {
            if (!outcomes(trail, app).equals(List.of("Intended", "Evicted"))
                    || trail.gone(app).size() != 1) {
                mistakes.add(app + ": " + outcomes(trail, app) + ", gone " + trail.gone(app));
            }
            Gone gone = trail.gone(app).getFirst();
            String evidence =
                    seen.policy(app).getStatus().lastActions().getFirst().evidence();
            assertThat(evidence == null)
                    .as("no evidence of " + app + ": " + evidence)
                    .isNotEqualTo(kept);
            assertThat(seen.events("Pod", gone.name())).containsKey(kept ? "EvidenceCollected" : "EvidenceMissing");
            TestCluster.kubectl("delete", "deployment,mempol", app, "-n", NAMESPACE, "--wait=false");
        }
    }

    private static List<String> outcomes(AuditTrail trail, String app) {
        return trail.acts(app).stream().map(AuditTrail.Act::outcome).toList();
    }

    private static List<String> apps(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> name + i).toList();
    }

    private static void killForAWhile(NodeServers servers) {
        synchronized (servers) {
            servers.killS3();
            Pause.of(AWAY);
            try {
                servers.startS3Again();
            } catch (Exception failure) {
                throw new IllegalStateException("the S3 server does not start again", failure);
            }
        }
    }

    private Map<String, String> settings(String endpoint) throws Exception {
        Path credentials = Files.createDirectories(scratch.resolve("credentials"));
        Files.writeString(credentials.resolve("accessKeyId"), NodeServers.ACCESS_KEY);
        Files.writeString(credentials.resolve("secretAccessKey"), NodeServers.SECRET_KEY);
        return Map.of(
                "HEAPWARDEN_EVIDENCE_S3_BUCKET",
                NodeServers.BUCKET,
                "HEAPWARDEN_EVIDENCE_S3_ENDPOINT",
                endpoint,
                "HEAPWARDEN_EVIDENCE_S3_CREDENTIALS",
                credentials.toString());
    }
}
