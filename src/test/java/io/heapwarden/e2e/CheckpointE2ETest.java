package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.api.MemoryReport;
import io.heapwarden.api.MemoryReportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator that is killed goes on from its checkpoints: what it had learnt is not learnt again. */
@Tag("e2e")
class CheckpointE2ETest {

    private static final String NAMESPACE = "e2e-checkpoint";
    private static final Observed seen = new Observed(NAMESPACE);

    @BeforeAll
    static void workload() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, Pods.leaking("checkout"));
        apply(NAMESPACE, Pods.policy("checkout", "checkout", ""));
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    void aRestartedOperatorNeverFallsBackToWarmingUp() {
        String pod = seen.pod("checkout").getMetadata().getName();
        MemoryReportStatus before = seen.report(
                pod,
                Duration.ofMinutes(3),
                status -> status.state().equals("Suspect") || status.state().equals("Leaking"));
        // The checkpoint of this state is written together with it; one more makes sure that there is a later one, too.
        assertThat(before.checkpoint()).isNotBlank();

        HeapwardenRelease.kill();
        Instant restarted = Instant.now();

        Set<String> after = new LinkedHashSet<>();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    MemoryReportStatus status =
                            seen.report(pod).map(MemoryReport::getStatus).orElseThrow();
                    after.add(status.state());
                    assertThat(Instant.parse(status.containers().getFirst().lastSample()))
                            .isAfter(restarted.plusSeconds(20));
                });
        assertThat(after).doesNotContain("WarmingUp", "Healthy");
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        seen.report(pod).orElseThrow().getStatus().state())
                .isIn("Leaking", "Critical"));
    }
}
