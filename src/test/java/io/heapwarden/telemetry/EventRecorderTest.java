package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.time.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class EventRecorderTest {

    private static final EventSubject POD = EventSubject.pod("shop", "checkout-0", "uid-1");

    KubernetesMockServer server;
    KubernetesClient client;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MovableClock clock = new MovableClock();
    private EventRecorder recorder;

    @BeforeEach
    void start() {
        recorder = another();
    }

    @AfterEach
    void stop() {
        recorder.close();
    }

    @Test
    void writesAnEventAsKubectlShowsIt() {
        recorder.record(POD, EventReason.LeakConfirmed, "app", "RetentionLeak: com.shop.Order grows");
        handled("Created", 1);

        Event event = theEvent();
        assertThat(event.getMetadata().getName()).matches("checkout-0\\.[0-9a-f]{16}");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Pod");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
        assertThat(event.getInvolvedObject().getNamespace()).isEqualTo("shop");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("LeakConfirmed");
        assertThat(event.getMessage()).isEqualTo("RetentionLeak: com.shop.Order grows");
        assertThat(event.getCount()).isEqualTo(1);
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(event.getReportingComponent()).isEqualTo("heapwarden");
        assertThat(event.getReportingInstance()).isEqualTo("heapwarden-abc");
        assertThat(event.getSource().getComponent()).isEqualTo("heapwarden");
    }

    @Test
    void aRepeatWithinTheWindowCostsNoCall() {
        recorder.record(POD, EventReason.LeakConfirmed, "app", "grows");
        handled("Created", 1);
        int calls = server.getRequestCount();

        clock.move(Duration.ofMinutes(9));
        recorder.record(POD, EventReason.LeakConfirmed, "app", "still grows");

        handled("Deduplicated", 1);
        assertThat(server.getRequestCount()).isEqualTo(calls);
        assertThat(theEvent().getMessage()).isEqualTo("grows");
    }

    @Test
    void aRepeatAfterTheWindowCountsUpAndCarriesTheNewMessage() {
        recorder.record(POD, EventReason.LeakConfirmed, "app", "grows");
        handled("Created", 1);

        clock.move(Duration.ofMinutes(10));
        recorder.record(POD, EventReason.LeakConfirmed, "app", "grows faster");
        handled("Repeated", 1);

        Event event = theEvent();
        assertThat(event.getCount()).isEqualTo(2);
        assertThat(event.getMessage()).isEqualTo("grows faster");
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(event.getLastTimestamp()).isEqualTo("2026-11-23T12:10:00Z");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
    }

    @Test
    void twoOperatorsShareOneEvent() {
        try (EventRecorder other = another()) {
            recorder.record(POD, EventReason.LeakConfirmed, "app", "grows");
            handled("Created", 1);
            other.record(POD, EventReason.LeakConfirmed, "app", "grows");
            handled("Repeated", 1);
        }

        assertThat(theEvent().getCount()).isEqualTo(2);
    }

    @Test
    void keysReasonsAndUidsMakeDifferentEvents() {
        recorder.record(POD, EventReason.LeakConfirmed, "app", "");
        recorder.record(POD, EventReason.LeakConfirmed, "sidecar", "");
        recorder.record(POD, EventReason.LeakCritical, "app", "");
        recorder.record(EventSubject.pod("shop", "checkout-0", "uid-2"), EventReason.LeakConfirmed, "app", "");

        handled("Created", 4);
        assertThat(events()).hasSize(4);
    }

    @Test
    void anEventThatExpiredIsWrittenAnew() {
        recorder.record(POD, EventReason.LeakConfirmed, "app", "grows");
        handled("Created", 1);
        client.v1().events().inNamespace("shop").delete();

        clock.move(Duration.ofHours(2));
        recorder.record(POD, EventReason.LeakConfirmed, "app", "grows");
        handled("Created", 2);

        assertThat(theEvent().getCount()).isEqualTo(1);
    }

    @Test
    void namesAndMessagesFitWhatTheApiServerTakes() {
        String longName = "a".repeat(235) + "-" + "b".repeat(17);
        recorder.record(
                EventSubject.pod("shop", longName, "uid-1"), EventReason.LeakConfirmed, "app", "m".repeat(2_000));
        handled("Created", 1);

        assertThat(theEvent().getMetadata().getName())
                .hasSizeLessThanOrEqualTo(253)
                .matches("a+\\.[0-9a-f]{16}");
        assertThat(theEvent().getMessage()).hasSize(1_024).endsWith("…");
    }

    @Test
    void closingWritesWhatIsQueuedAndTakesNothingMore() {
        for (int i = 0; i < 10; i++) {
            recorder.record(POD, EventReason.LeakConfirmed, "key-" + i, "");
        }
        recorder.close();
        recorder.record(POD, EventReason.LeakConfirmed, "too late", "");

        assertThat(events()).hasSize(10);
        assertThat(counted("Dropped")).isEqualTo(1);
    }

    private EventRecorder another() {
        return new EventRecorder(client, "heapwarden-abc", new OperatorMetrics(registry), clock);
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("shop").list().getItems();
    }

    private Event theEvent() {
        assertThat(events()).hasSize(1);
        return events().getFirst();
    }

    private void handled(String result, int times) {
        await().untilAsserted(() -> assertThat(counted(result)).isEqualTo(times));
    }

    private double counted(String result) {
        var counter = registry.find("heapwarden.events").tag("result", result).counter();
        return counter == null ? 0 : counter.count();
    }
}
