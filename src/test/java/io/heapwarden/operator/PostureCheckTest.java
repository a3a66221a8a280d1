package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Security;
import io.heapwarden.api.Security.Images;
import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.podstandards.PodStandard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class PostureCheckTest {

    private static final Images OURS = new Images(List.of("registry.shop.example"), false, null, null, null);

    KubernetesMockServer server;
    KubernetesClient client;

    private Operated operated;
    private Pod pod;
    private int requests;
    private long reads;

    @BeforeEach
    void start() {
        client.resource(new PodBuilder(Shop.pod())
                        .editSpec()
                        .withHostNetwork(true)
                        .editFirstContainer()
                        .withImage("docker.io/library/checkout:7")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        operated = new Operated(client, new ScriptedEvictor());
        operated.checks.add(new PostureCheck(client));
        operated.watch();
        pod = operated.podWatch.get(Shop.NAMESPACE, Shop.POD);
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void whatTheWatchDoesNotKeepIsJudgedToo() {
        assertThat(findings(follow(PodStandard.Baseline, null))).anySatisfy(finding -> {
            assertThat(finding.key().source()).isEqualTo(FindingSource.PodStandard);
            assertThat(finding.key().rule()).isEqualTo("hostNamespaces");
        });
    }

    @Test
    void anImageFromElsewhereIsFound() {
        assertThat(findings(follow(null, OURS)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.key().rule()).isEqualTo("registry-not-allowed"));
    }

    @Test
    void aPodIsReadOnceAndAgainAfterAnHour() {
        PodMonitor monitor = follow(null, OURS);
        monitor.turn();
        long reads = reads();
        for (int i = 0; i < 5; i++) {
            operated.clock.move(Duration.ofMinutes(10));
            monitor.turn();
        }
        assertThat(reads()).isEqualTo(reads);

        operated.clock.move(Duration.ofMinutes(10));
        monitor.turn();

        assertThat(reads()).isEqualTo(reads + 1);
    }

    @Test
    void aPolicyThatAsksAgainIsAnsweredAtOnce() {
        PodMonitor monitor = follow(null, OURS);
        monitor.turn();
        changeTo(monitor, 4, null);
        assertThat(findings(monitor)).isEmpty();

        changeTo(monitor, 5, OURS);

        assertThat(findings(monitor)).hasSize(1);
    }

    private void changeTo(PodMonitor monitor, long generation, Images images) {
        MemoryPolicy policy = Shop.secured(Mode.Observe, new Security(null, null, null, images));
        policy.getMetadata().setGeneration(generation);
        monitor.follow(operated.plan(policy));
    }

    /** Reads of the pod so far. */
    private long reads() {
        try {
            for (int unread = server.getRequestCount() - requests; unread > 0; unread--) {
                RecordedRequest request = server.takeRequest();
                requests++;
                if (request.getMethod().equals("GET") && request.getPath().endsWith("/pods/" + Shop.POD)) {
                    reads++;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return reads;
    }

    private List<Finding> findings(PodMonitor monitor) {
        monitor.turn();
        return monitor.findings().findings();
    }

    private PodMonitor follow(PodStandard standard, Images images) {
        return operated.monitor(
                pod, operated.plan(Shop.secured(Mode.Observe, new Security(null, null, standard, images))));
    }
}
