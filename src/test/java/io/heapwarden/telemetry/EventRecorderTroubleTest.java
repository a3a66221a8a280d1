package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.time.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an API server may answer to an Event, and what becomes of it: the caller hears of none of this. */
@EnableKubernetesMockClient
class EventRecorderTroubleTest {

    private static final EventSubject POD = EventSubject.pod("shop", "checkout-0", "uid-1");
    private static final String PATH = "/api/v1/namespaces/shop/events";
    private static final EventLimits LIMITS =
            new EventLimits(Duration.ofMinutes(10), 100, Duration.ofMinutes(1), 3, Duration.ofMillis(300));

    KubernetesMockServer server;
    KubernetesClient client;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MovableClock clock = new MovableClock();

    @Test
    void aNamespaceThatIsGoingIsNoFailure() {
        answer(
                403,
                "events is forbidden: unable to create new content in namespace shop because it is being terminated");
        answer(404, "namespaces \"shop\" not found");
        try (EventRecorder recorder = recorder()) {
            recorder.record(POD, EventReason.LeakConfirmed, "one", "");
            recorder.record(POD, EventReason.LeakConfirmed, "two", "");
            handled("NamespaceGone", 2);
        }
        assertThat(counted("Failed")).isZero();
    }

    @Test
    void aFailureIsTriedAgainAfterAMinuteAndNotSooner() {
        answer(403, "events is forbidden: User \"heapwarden\" cannot create resource \"events\"");
        try (EventRecorder recorder = recorder()) {
            recorder.record(POD, EventReason.LeakConfirmed, "app", "");
            handled("Failed", 1);

            clock.move(Duration.ofSeconds(59));
            recorder.record(POD, EventReason.LeakConfirmed, "app", "");
            handled("Deduplicated", 1);

            answer(201, "");
            clock.move(Duration.ofSeconds(1));
            recorder.record(POD, EventReason.LeakConfirmed, "app", "");
            handled("Created", 1);
        }
    }

    @Test
    @Timeout(20)
    void whenTheApiServerHangsTheCallerDoesNotAndTheOldestAreDropped() {
        server.expect().post().delay(30_000).withPath(PATH).andReturn(201, "{}").always();
        try (EventRecorder recorder = recorder()) {
            long before = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                recorder.record(POD, EventReason.LeakConfirmed, "key-" + i, "");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(250));

            // Three wait and one may be with the API server.
            assertThat(counted("Dropped")).isBetween(46.0, 47.0);
            handled("Failed", 1);
        }
    }

    private EventRecorder recorder() {
        return new EventRecorder(client, "heapwarden-abc", new OperatorMetrics(registry), clock, LIMITS);
    }

    private void answer(int code, String message) {
        Status status = new StatusBuilder().withCode(code).withMessage(message).build();
        Object body = code < 300 ? "{\"apiVersion\":\"v1\",\"kind\":\"Event\"}" : status;
        server.expect().post().withPath(PATH).andReturn(code, body).once();
    }

    private void handled(String result, int times) {
        await().untilAsserted(() -> assertThat(counted(result)).isGreaterThanOrEqualTo(times));
    }

    private double counted(String result) {
        var counter = registry.find("heapwarden.events").tag("result", result).counter();
        return counter == null ? 0 : counter.count();
    }
}
