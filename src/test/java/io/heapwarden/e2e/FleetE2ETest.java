package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.e2e.AuditTrail.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bad release: many workloads leak at once, and the installation restarts them at its pace, not theirs. */
@Tag("acting")
class FleetE2ETest {

    private static final String NAMESPACE = "e2e-fleet";
    private static final int WORKLOADS = 20;
    private static final Duration BETWEEN = Duration.ofSeconds(15);
    private static AuditTrail trail;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install("restarts.perHour=240");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        trail = new AuditTrail(NAMESPACE);
        for (String app : apps()) {
            apply(NAMESPACE, Leaker.deployment(app, 1).manifest());
            apply(NAMESPACE, Pods.enforcing(app, "cooldown: 1h"));
        }
    }

    @AfterAll
    static void clean() {
        trail.close();
        TestCluster.deleteNamespace(NAMESPACE);
        HeapwardenRelease.install();
    }

    @Test
    void restartsComeOneByOneAtASteadyRate() {
        await("all to be restarted once").atMost(Duration.ofMinutes(12)).until(() -> acts().size() >= WORKLOADS);

        List<Instant> times =
                acts().stream().map(Act::time).map(Instant::parse).sorted().toList();
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)).toMillis());
        }
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(BETWEEN.toMillis()));
        assertThat(trail.gone()).hasSize(WORKLOADS);
        assertThat(apps()).allSatisfy(app -> assertThat(trail.gone(app)).hasSize(1));
        assertThat(HeapwardenRelease.metric("heapwarden_gate_refusals_total{reason=\"FleetBudget\"}"))
                .isPositive();
        assertThat(apps().stream()
                        .filter(app -> trail.words("Deployment/" + app).contains("FleetBudget")))
                .as("workloads that had to wait")
                .isNotEmpty();
        System.out.println("Milliseconds between restarts of the fleet: " + gaps);
    }

    private static List<Act> acts() {
        return apps().stream()
                .flatMap(app -> trail.acts(app).stream())
                .filter(act -> act.outcome().equals("Evicted"))
                .toList();
    }

    private static List<String> apps() {
        return IntStream.range(0, WORKLOADS).mapToObj("shop%02d"::formatted).toList();
    }
}
