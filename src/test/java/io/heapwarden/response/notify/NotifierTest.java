package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.time.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifierTest {

    /** Enough for some retries, too few for an alert to grow stale. */
    private static final int FEW_STEPS = 8;

    private final MovableClock clock = new MovableClock();
    private final Counted counted = new Counted();
    private Sink sink;

    @BeforeEach
    void listen() throws IOException {
        sink = new Sink();
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void aNameNobodyConfiguredIsNoReceiver() {
        try (Notifier notifier = notifier(0, "{name: audit, type: Webhook, url: '" + sink.url("/") + "'}")) {
            assertThat(notifier.tell("other", Notices.leak("one"))).isEqualTo(OfferResult.UnknownReceiver);
            assertThat(notifier.names()).containsExactly("audit");
        }
    }

    @Test
    void oneThatHangsHoldsNeitherTheCallerNorTheOthersUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Notifier notifier = notifier(
                        0,
                        "{name: slow, type: Webhook, url: 'http://127.0.0.1:" + silent.getLocalPort()
                                + "', timeoutSeconds: 60}",
                        "{name: audit, type: Webhook, url: '" + sink.url("/") + "'}")) {
            for (int i = 0; i < 100; i++) {
                assertThat(notifier.tell("slow", Notices.leak("pod-" + i))).isEqualTo(OfferResult.Accepted);
                notifier.tell("audit", Notices.leak("pod-" + i));
            }

            await().until(() -> counted.delivered.get() == 100);
            assertThat(notifier.status().getFirst().delivered()).isZero();
            assertThat(notifier.status().getFirst().pending()).isGreaterThanOrEqualTo(99);
            notifier.close(Duration.ZERO);
        }
    }

    @Test
    void everyAlertmanagerIsToldThoughOneIsDown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Sink second = new Sink()) {
            try (Notifier notifier = notifier(
                    FEW_STEPS,
                    alertmanager(
                            "'http://127.0.0.1:" + port + "', '" + sink.url("/am/") + "', '" + second.url("") + "'"))) {
                notifier.tell("oncall", Notices.leak("one"));

                await().until(() ->
                        !sink.received().isEmpty() && !second.received().isEmpty());
                await().until(() -> counted.failed.get() > 1);
                assertThat(sink.received().getFirst().path()).isEqualTo("/am/api/v2/alerts");
                assertThat(second.received().getFirst().path()).isEqualTo("/api/v2/alerts");
                assertThat(notifier.status().getFirst().lastError())
                        .isEqualTo("nothing accepts connections at http://127.0.0.1:" + port + "/…");
            }
        }
    }

    @Test
    void anAlertmanagerThatWasAwayIsToldAllThatStandsWithOneMessage() throws Exception {
        sink.answering(503, 503, 503);
        try (Notifier notifier = notifier(FEW_STEPS, alertmanager("'" + sink.url("") + "'"))) {
            notifier.tell("oncall", Notices.leak("one"));
            await().until(() -> counted.failed.get() >= 1);
            notifier.tell("oncall", Notices.leak("two"));

            await().until(() -> counted.delivered.get() >= 1);
            List<String> pods = new ArrayList<>();
            for (JsonNode alert :
                    new ObjectMapper().readTree(sink.received().getLast().body())) {
                pods.add(alert.at("/labels/pod").asText());
            }
            assertThat(pods).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void closingTellsAnAlertmanagerWhatHasJustEnded() {
        Notifier notifier = notifier(0, alertmanager("'" + sink.url("") + "'"));
        notifier.tell("oncall", Notices.leak("one"));
        await().until(() -> sink.received().size() == 1);
        notifier.tell("oncall", Notices.of(NoticeKind.Recovered, "one"));
        clock.move(Duration.ofSeconds(2));

        notifier.close(Duration.ofSeconds(10));

        assertThat(sink.received().getLast().body()).contains("\"endsAt\":\"" + MovableClock.START);
    }

    /** With an interval that no waiter of a test waits out: only changes and failures make it send. */
    private static String alertmanager(String urls) {
        return "{name: oncall, type: Alertmanager, urls: [" + urls + "], intervalSeconds: 3600}";
    }

    private Notifier notifier(int steps, String... receivers) {
        NotifySettings settings = NotifySettings.parse("{receivers: [" + String.join(", ", receivers) + "]}");
        return new Notifier(settings, new ReceiverFactory(counted, clock, new SteppingWaiter(clock, steps)), clock);
    }
}
