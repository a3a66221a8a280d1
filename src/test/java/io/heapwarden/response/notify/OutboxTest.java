package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.probe.http.RawServer;
import io.heapwarden.response.notify.Sink.Answer;
import io.heapwarden.time.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final MovableClock clock = new MovableClock();
    private final SteppingWaiter waiter = new SteppingWaiter(clock, Integer.MAX_VALUE);
    private final Counted counted = new Counted();
    private Sink sink;
    private @Nullable Outbox outbox;

    @BeforeEach
    void listen() throws IOException {
        sink = new Sink();
    }

    @AfterEach
    void stop() {
        if (outbox != null) {
            outbox.close(Duration.ofSeconds(5));
        }
        sink.close();
    }

    @Test
    void isTriedAgainWithTheSameIdAndBody() {
        sink.answering(500, 408, 200);

        offer(sink.url("/hook"), Notices.leak("one"));

        await().until(() -> counted.delivered.get() == 1);
        assertThat(sink.received()).hasSize(3);
        assertThat(sink.received().stream().map(each -> each.headers().get("x-heapwarden-delivery")))
                .containsOnly(sink.received().getFirst().headers().get("x-heapwarden-delivery"))
                .doesNotContainNull();
        assertThat(sink.received().stream().map(Sink.Received::body))
                .containsOnly(sink.received().getFirst().body());
        assertThat(counted.failed).hasValue(2);
        assertThat(waiter.waits()).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        sink.answering(new Answer(429, Map.of("Retry-After", "42"), ""));

        offer(sink.url("/hook"), Notices.leak("one"));

        await().until(() -> counted.delivered.get() == 1);
        assertThat(waiter.waits()).containsExactly(Duration.ofSeconds(42));
    }

    @Test
    void whatTheReceiverRefusesIsADeadLetter() {
        sink.answering(new Answer(400, Map.of(), "invalid_payload"));

        Outbox used = offer(sink.url("/hook"), Notices.leak("one"));

        await().until(() -> counted.lost.equals(List.of(LossReason.Refused)));
        assertThat(used.status().deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.reason()).isEqualTo(LossReason.Refused);
            assertThat(dead.attempts()).isOne();
            assertThat(dead.lastError()).contains("answers 400: invalid_payload");
        });
        assertThat(sink.received()).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        sink.answering(new Answer(307, Map.of("Location", sink.url("/elsewhere")), ""));

        Outbox used = offer(sink.url("/hook"), Notices.leak("one"));

        await().until(() -> counted.lost.equals(List.of(LossReason.Refused)));
        assertThat(sink.received()).hasSize(1);
        assertThat(used.status().lastError()).contains("redirects are not followed");
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Outbox used = offer(
                    "http://127.0.0.1:" + silent.getLocalPort() + "/hook", Notices.leak("one"), Duration.ofMillis(300));

            await().until(() -> counted.failed.get() > 1);
            assertThat(used.status().lastError()).contains("gave no answer within 300 ms");
            assertThat(used.status().failing()).isTrue();
        }
    }

    @Test
    void aReceiverThatIsNotThereIsTriedUntilTheNoticeIsTooOld() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        Outbox used = offer("http://127.0.0.1:" + port + "/hook", Notices.leak("one"));

        await().until(() -> !counted.lost.isEmpty());
        assertThat(counted.lost.getFirst()).isIn(LossReason.TooOld, LossReason.AttemptsExhausted);
        assertThat(counted.failed.get()).isGreaterThan(10);
        assertThat(used.status().lastError()).contains("nothing accepts connections at http://127.0.0.1:" + port);
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() throws IOException {
        try (RawServer endless = RawServer.start(null, RawServer.endless("no secrets here\n"))) {
            offer("http://127.0.0.1:" + endless.port() + "/hook", Notices.leak("one"));

            await().until(() -> counted.delivered.get() == 1);
            await().until(() -> endless.ended() == 1);
        }
    }

    @Test
    void aLongErrorIsCutForTheStatus() {
        sink.answering(new Answer(403, Map.of(), "no\n".repeat(1_000_000)));

        Outbox used = offer(sink.url("/hook"), Notices.leak("one"));

        await().until(() -> !counted.lost.isEmpty());
        assertThat(used.status().lastError()).hasSizeLessThan(300).doesNotContain("\n");
    }

    @Test
    void closingSendsWhatWaits() {
        Outbox used = offer(sink.url("/hook"), Notices.leak("one"));
        for (int i = 0; i < 20; i++) {
            used.offer(Notices.leak("pod-" + i));
        }

        used.close(Duration.ofSeconds(20));

        assertThat(sink.received()).hasSize(21);
        assertThat(used.offer(Notices.leak("late"))).isEqualTo(OfferResult.Stopped);
        assertThat(counted.lost).isEmpty();
    }

    @Test
    void closingGivesUpWhatCannotBeSentInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Outbox used = offer("http://127.0.0.1:" + silent.getLocalPort() + "/hook", Notices.leak("one"));
            used.offer(Notices.leak("two"));

            used.close(Duration.ZERO);

            await().until(() -> counted.lost.equals(List.of(LossReason.Stopped, LossReason.Stopped)));
        }
    }

    private Outbox offer(String url, Notice notice) {
        return offer(url, notice, Duration.ofSeconds(30));
    }

    private Outbox offer(String url, Notice notice, Duration limit) {
        DeliveryLog log = new DeliveryLog("audit", ReceiverType.Webhook, counted, clock);
        LetterQueue queue = new LetterQueue(
                OutboxLimits.withRate(100),
                new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(1)),
                log);
        WebhookReceiver webhook = new WebhookReceiver(
                "audit",
                new Address.Given(Endpoint.parse(url)),
                new Credentials.None(),
                null,
                Map.of(),
                new HttpPost(null, limit, clock),
                clock);
        Outbox started = new Outbox("audit", webhook, queue, log, clock, waiter);
        outbox = started;
        assertThat(started.offer(notice)).isEqualTo(OfferResult.Accepted);
        return started;
    }
}
