package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.MemoryPolicyStatus.ObjectiveStatus;
import io.heapwarden.telemetry.EventRecorder;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.time.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pair of windows that begins or stops to burn is told once. */
@EnableKubernetesMockClient(crud = true)
class BurnEventsTest {

    private static final PolicyKey KEY = new PolicyKey(Shop.NAMESPACE, Shop.POLICY);

    KubernetesClient client;

    private EventRecorder recorder;
    private BurnEvents burns;

    @BeforeEach
    void start() {
        MovableClock clock = new MovableClock();
        KnownPolicies known = new KnownPolicies();
        known.policies.add(Shop.policy());
        PolicyCache policies = new PolicyCache();
        policies.use(known);
        recorder = new EventRecorder(client, "heapwarden-0", new OperatorMetrics(new SimpleMeterRegistry()), clock);
        burns = new BurnEvents(new PolicyEvents(recorder, policies));
    }

    @AfterEach
    void stop() {
        recorder.close();
    }

    @Test
    void aPairThatBeginsToBurnIsAWarningAndItsEndIsNot() {
        burns.tell(KEY, null, status("Fast"));
        burns.tell(KEY, status("Fast"), status("Fast", "Medium"));
        burns.tell(KEY, status("Fast", "Medium"), status("Medium"));

        assertThat(told(3))
                .containsExactlyInAnyOrder(
                        "Warning BudgetBurning Objective floor burns its error budget more than 14.4 times as fast as it may, over"
                                + " the last 1h and the last 5m (Fast); 42% of it is left, pod checkout-6c9-x2k spent most",
                        "Warning BudgetBurning Objective floor burns its error budget more than 6 times as fast as it may, over"
                                + " the last 6h and the last 30m (Medium); 42% of it is left, pod checkout-6c9-x2k spent most",
                        "Normal BudgetBurnOver Objective floor does not burn its error budget that fast any more (Fast, 1h and"
                                + " 5m); 42% of it is left");
    }

    @Test
    void whatGoesOnIsNotToldAgain() {
        burns.tell(KEY, status("Slow"), status("Slow"));
        burns.tell(KEY, status(), status());
        burns.tell(KEY, null, status("Slow"));

        assertThat(told(1)).hasSize(1);
    }

    private List<String> told(int atLeast) {
        await().atMost(Duration.ofSeconds(10)).until(() -> events().size() >= atLeast);
        return events();
    }

    private List<String> events() {
        return client.v1().events().inNamespace(Shop.NAMESPACE).list().getItems().stream()
                .map((Event event) -> event.getType() + " " + event.getReason() + " " + event.getMessage())
                .toList();
    }

    private static MemoryPolicyStatus status(String... burning) {
        ObjectiveStatus floor = new ObjectiveStatus(
                "floor", "99%", "42%", "20.0", List.of(), List.of(burning), "1%", true, "checkout-6c9-x2k");
        return new MemoryPolicyStatus(
                3L, List.of(), null, List.of(floor), null, List.of(), List.of(), null, null, null);
    }
}
