package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.growth.State;
import io.heapwarden.security.Severity;
import io.heapwarden.telemetry.PolicyReading.Judgement;
import io.heapwarden.telemetry.PolicyReading.ObjectiveReading;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // The Prometheus registry is the one that Quarkus brings.
class OperatorMetricsTest {

    private enum Word {
        Something
    }

    @Test
    void everyMetricOfThePageIsScrapedUnderItsNameAndNoOther() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        useEverything(new OperatorMetrics(registry));

        String scraped = registry.scrape();

        for (Metric metric : Metric.values()) {
            String name = metric.prometheusName() + (metric.type() == Metric.Type.Timer ? "_count" : "");
            assertThat(scraped).contains("\n" + name + "{");
        }
        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::meter).toList());
    }

    @Test
    void everyMeterHasTheLabelsOfItsMetric() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        useEverything(new OperatorMetrics(registry));

        for (Metric metric : Metric.values()) {
            assertThat(registry.find(metric.meter()).meters()).isNotEmpty().allSatisfy(meter -> assertThat(
                            meter.getId().getTags().stream().map(Tag::getKey).toList())
                    .containsExactlyInAnyOrderElementsOf(metric.labels()));
        }
    }

    @Test
    void gaugesFollowThePolicyAndGoWithIt() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        OperatorMetrics metrics = new OperatorMetrics(registry);
        metrics.policy(reading("checkout", Map.of(State.Leaking, 2), "floor", "runway"));
        metrics.policy(reading("cart", Map.of(), "floor"));

        metrics.policy(reading("checkout", Map.of(State.Healthy, 5), "floor"));

        assertThat(pods(registry, "checkout", State.Healthy)).isEqualTo(5);
        assertThat(pods(registry, "checkout", State.Leaking)).isZero();
        assertThat(objectives(registry, "checkout")).containsExactly("floor");
        assertThat(registry.get("heapwarden.objective.compliance")
                        .tags("policy", "checkout", "objective", "floor")
                        .gauge()
                        .value())
                .isEqualTo(0.99);

        metrics.policyGone("shop", "checkout");
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("policy")).isEqualTo("cart"));

        metrics.policyGone("shop", "checkout");
        metrics.policy(reading("checkout", Map.of(State.Healthy, 1)));
        assertThat(pods(registry, "checkout", State.Healthy)).isEqualTo(1);
    }

    @Test
    void aCountOfFalcosEventsIsShownThoughNobodyElseHoldsOnToIt() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicLong count = new AtomicLong();
        new OperatorMetrics(registry).falco("Handled", () -> count.get());
        WeakReference<Object> forgotten = new WeakReference<>(new Object());

        await().until(() -> {
            System.gc();
            return forgotten.get() == null;
        });
        count.set(3);

        assertThat(registry.get("heapwarden.falco.events").functionCounter().count())
                .isEqualTo(3);
    }

    private static void useEverything(OperatorMetrics metrics) {
        metrics.sampled(Word.Something, Duration.ofMillis(80));
        metrics.probeCommand(Word.Something);
        metrics.refused(Word.Something);
        metrics.histogram(Word.Something);
        metrics.acted(Word.Something, Word.Something);
        metrics.gateRefused(Word.Something);
        metrics.notice("oncall", Word.Something);
        metrics.evidence(Word.Something);
        metrics.finding(Word.Something, Word.Something);
        metrics.falco("Handled", () -> 7);
        metrics.findingDetected(Word.Something, Word.Something, Duration.ofMillis(3));
        metrics.findingActed(Word.Something, Word.Something, Duration.ofMillis(3));
        metrics.findingOver(Word.Something, Word.Something, Duration.ofSeconds(1));
        metrics.resizeRefused(Word.Something);
        metrics.policy(reading("checkout", Map.of(), "floor"));
        metrics.eventHandled(EventResult.Created);
        metrics.apiCall("get", "pods", "2xx");
    }

    private static PolicyReading reading(String policy, Map<State, Integer> pods, String... objectives) {
        return new PolicyReading(
                "shop",
                policy,
                pods,
                Map.of(Severity.High, 2),
                0.5,
                Map.of(Judgement.Confirmed, 3),
                1,
                Arrays.stream(objectives)
                        .map(name -> new ObjectiveReading(
                                name,
                                0.99,
                                0.5,
                                0.1,
                                Map.of("1h", 2.0, "5m", 3.0),
                                Map.of("Fast", true, "Slow", false)))
                        .toList());
    }

    private static double pods(SimpleMeterRegistry registry, String policy, State state) {
        return registry.get("heapwarden.pods")
                .tags("policy", policy, "state", state.name())
                .gauge()
                .value();
    }

    private static List<String> objectives(SimpleMeterRegistry registry, String policy) {
        TreeSet<String> names = new TreeSet<>();
        for (Meter meter : registry.find("heapwarden.objective.burn.rate")
                .tag("policy", policy)
                .meters()) {
            names.add(meter.getId().getTag("objective"));
        }
        return List.copyOf(names);
    }
}
