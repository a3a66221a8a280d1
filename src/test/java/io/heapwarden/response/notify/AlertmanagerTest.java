package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts as a real Alertmanager understands them, and what it makes of them for people. */
class AlertmanagerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path scratch;

    private static Sink people;
    private static AlertmanagerProcess alertmanager;

    private final Counted counted = new Counted();
    private final Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(300);
    private Notifier notifier;

    @BeforeAll
    static void start() throws Exception {
        people = new Sink();
        alertmanager = AlertmanagerProcess.start(scratch, people.url("/notified"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (alertmanager != null) {
            alertmanager.stop();
        }
        people.close();
    }

    @BeforeEach
    void configure() {
        notifier = notifier();
    }

    @AfterEach
    void closeNotifier() {
        notifier.close(Duration.ofSeconds(10));
    }

    @Test
    void aLeakFiresIsHandedOnAndIsResolved() {
        Notice leak = Notices.leak("fires", since);

        assertThat(notifier.tell("oncall", leak)).isEqualTo(OfferResult.Accepted);

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode alert = onlyAlert("fires");
            assertThat(label(alert, "alertname")).isEqualTo("JvmMemoryLeak");
            assertThat(label(alert, "namespace")).isEqualTo("shop");
            assertThat(label(alert, "container")).isEqualTo("app");
            assertThat(label(alert, "workload")).isEqualTo("Deployment/checkout");
            assertThat(label(alert, "policy")).isEqualTo("jvms");
            assertThat(label(alert, "severity")).isEqualTo("warning");
            assertThat(label(alert, "verdict")).isEqualTo("RetentionLeak");
            assertThat(label(alert, "cluster")).isEqualTo("test");
            assertThat(alert.at("/annotations/culprit").asText()).isEqualTo("com.shop.Order");
            assertThat(alert.at("/annotations/description").asText()).isEqualTo(leak.sentence());
            assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo("https://wiki.example/leaks?a=1&b=2");
            assertThat(alert.at("/generatorURL").asText()).isEqualTo("https://wiki.example/leaks?a=1&b=2");
            assertThat(time(alert, "startsAt")).isEqualTo(since);
        });
        await().atMost(PATIENCE).until(() -> notified("fires").contains("firing"));

        notifier.tell("oncall", Notices.of(NoticeKind.Recovered, "fires"));

        await().atMost(PATIENCE).until(() -> alertsOf("fires").isEmpty());
        await().atMost(PATIENCE).until(() -> notified("fires").contains("resolved"));
        assertThat(notified("fires")).containsExactly("firing", "resolved");
    }

    @Test
    void isSentAgainWhileItLastsAndEndsByItselfWhenNobodySendsItAnyMore() {
        notifier.tell("oncall", Notices.leak("lasts", since));
        await().atMost(PATIENCE).until(() -> alertsOf("lasts").size() == 1);
        Instant endsAt = time(onlyAlert("lasts"), "endsAt");

        await().atMost(PATIENCE).until(() -> time(onlyAlert("lasts"), "endsAt").isAfter(endsAt.plusSeconds(2)));
        assertThat(counted.delivered.get()).isGreaterThan(2);
        notifier.close();

        await().atMost(PATIENCE).until(() -> alertsOf("lasts").isEmpty());
        await().atMost(PATIENCE).until(() -> notified("lasts").equals(List.of("firing", "resolved")));
    }

    @Test
    void whoTakesOverGoesOnWithTheSameAlert() {
        notifier.tell("oncall", Notices.leak("survives", since));
        await().atMost(PATIENCE).until(() -> notified("survives").contains("firing"));
        String fingerprint = onlyAlert("survives").path("fingerprint").asText();
        notifier.close();

        notifier = notifier();
        notifier.tell("oncall", Notices.leak("survives", since));

        int before = counted.delivered.get();
        await().atMost(PATIENCE).until(() -> counted.delivered.get() > before + 5);
        assertThat(onlyAlert("survives").path("fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(notified("survives")).containsExactly("firing");
    }

    @Test
    void oneThatBecomesCriticalIsAnotherAlertAndTheWarningIsOver() {
        notifier.tell("oncall", Notices.leak("worse", since));
        await().atMost(PATIENCE).until(() -> alertsOf("worse").size() == 1);

        notifier.tell("oncall", Notices.of(NoticeKind.Critical, "worse"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alertsOf("worse"))
                .singleElement()
                .satisfies(alert -> assertThat(label(alert, "severity")).isEqualTo("critical")));
    }

    @Test
    void whatHappensOnceIsHeardOfToo() {
        notifier.tell("oncall", Notices.of(NoticeKind.Restarted, "restarted"));

        await().atMost(PATIENCE).until(() -> notified("restarted").contains("firing"));
        assertThat(label(onlyAlert("restarted"), "kind")).isEqualTo("Restarted");
    }

    private Notifier notifier() {
        return new Notifier(
                NotifySettings.parse(
                        """
                        receivers:
                        - name: oncall
                          type: Alertmanager
                          url: %s
                          intervalSeconds: 1
                          labels: {cluster: test}
                        """
                                .formatted(alertmanager.url())),
                counted,
                Clock.systemUTC());
    }

    private static List<JsonNode> alertsOf(String pod) throws IOException, InterruptedException {
        return alertmanager.alerts().stream()
                .filter(alert -> label(alert, "pod").equals(pod))
                .toList();
    }

    private static JsonNode onlyAlert(String pod) {
        try {
            List<JsonNode> alerts = alertsOf(pod);
            assertThat(alerts).hasSize(1);
            return alerts.getFirst();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What people were told of a pod's alerts, in order. */
    private static List<String> notified(String pod) {
        return people.received().stream()
                .map(Sink.Received::body)
                .map(AlertmanagerTest::read)
                .flatMap(body -> StreamSupport.stream(body.path("alerts").spliterator(), false))
                .filter(alert -> label(alert, "pod").equals(pod))
                .map(alert -> alert.path("status").asText())
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String label(JsonNode alert, String name) {
        return alert.path("labels").path(name).asText();
    }

    private static Instant time(JsonNode alert, String field) {
        return OffsetDateTime.parse(alert.path(field).asText()).toInstant();
    }
}
