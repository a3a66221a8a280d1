package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoHttpReceiverTest {

    private static final String TOKEN = "0123456789abcdef_-XY";
    private static final String PATH = "/falco/" + TOKEN;
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final FalcoHttpLimits LIMITS =
            new FalcoHttpLimits(16, Duration.ofSeconds(1), SHORT, Duration.ofSeconds(3), Duration.ofMillis(100));

    private final Vertx vertx = Vertx.vertx();
    private final List<FalcoEvent> events = new CopyOnWriteArrayList<>();
    private final FalcoCounts counts = new FalcoCounts();
    private final FalcoHttpReceiver receiver = new FalcoHttpReceiver(
            vertx,
            new FalcoHttpSettings("127.0.0.1", 0, SenderTokens.parse(TOKEN), null, LIMITS),
            events::add,
            counts,
            Clock.fixed(Seeds.TIME, ZoneOffset.UTC));

    @BeforeEach
    void start() throws IOException {
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void takesEventsOnOneConnectionAsFalcoSendsThem() throws IOException {
        try (CurlSender falco = new CurlSender(receiver.port())) {
            for (byte[] seed : Seeds.all()) {
                assertThat(falco.post(PATH, seed)).isEqualTo(204);
            }
        }
        assertThat(events).hasSize(Seeds.all().size());
        assertThat(counts.get(FalcoCount.ByHttp)).isEqualTo(events.size());
    }

    @Test
    void takesWhatLibcurlSendsWithCompressUploads() throws IOException {
        try (CurlSender falco = new CurlSender(receiver.port())) {
            String head = falco.headers(PATH, Seeds.bytes("falco-http.json").length)
                    .replace("Accept: */*\r\n", "Connection: TE\r\nTE: gzip\r\nAccept: */*\r\n");
            falco.write(head);
            falco.write(Seeds.bytes("falco-http.json"));
            assertThat(falco.status()).isEqualTo(204);
        }
    }

    @Test
    void saysContinueBeforeABodyThatWaitsForIt() throws IOException {
        byte[] body = Seeds.bytes("falco-http.json");
        try (CurlSender falco = new CurlSender(receiver.port())) {
            falco.write(falco.headers(PATH, body.length, "Expect: 100-continue"));
            assertThat(falco.answer()).startsWith("HTTP/1.1 100 ");
            falco.write(body);
            assertThat(falco.status()).isEqualTo(204);
        }
        assertThat(events).hasSize(1);
    }

    @Test
    void endsTheConnectionOfASenderThatWantsIt() throws IOException {
        try (CurlSender falco = new CurlSender(receiver.port())) {
            assertThat(falco.post(PATH, Seeds.bytes("least.json"), "Connection: close"))
                    .isEqualTo(204);
            assertThat(falco.ended()).isTrue();
        }
    }

    @Test
    void takesRequestsThatDoNotWaitForAnswers() throws IOException {
        byte[] body = Seeds.bytes("least.json");
        try (CurlSender sender = new CurlSender(receiver.port())) {
            String one = sender.headers(PATH, body.length) + new String(body, StandardCharsets.UTF_8);
            sender.write(one.repeat(20));
            for (int i = 0; i < 20; i++) {
                assertThat(sender.status()).isEqualTo(204);
            }
        }
        assertThat(events).hasSize(20);
    }

    @Test
    void theTokenMayComeAsBearer() throws IOException {
        assertThat(post("/falco", "Authorization: Bearer " + TOKEN)).isEqualTo(204);
        assertThat(post("/falco/", "authorization: bearer " + TOKEN)).isEqualTo(204);
        assertThat(post("/falco?x=y", "Authorization: Bearer " + TOKEN)).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/falcon",
                "/falco/x",
                "/falco/" + TOKEN + "x",
                "/falco/0123456789abcdef_-X",
                "/falco/x/" + TOKEN,
                "//falco/" + TOKEN,
                "/FALCO/" + TOKEN,
                "/q/metrics",
                "/falco//",
                "/falco/%30123456789abcdef_-XY"
            })
    void anotherPathIsNotThere(String path) throws IOException {
        assertThat(post(path)).isEqualTo(404);
        assertThat(post(path, "Authorization: Bearer " + TOKEN)).isEqualTo(404);
        assertThat(events).isEmpty();
        assertThat(counts.get(FalcoCount.Misdirected)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: Bearer 0123456789abcdef_-X",
                "Authorization: Basic " + TOKEN,
                "Authorization: " + TOKEN
            })
    void withoutTheTokenNothingIsTaken(String header) throws IOException {
        assertThat(post("/falco", header)).isEqualTo(401);
        assertThat(events).isEmpty();
        assertThat(counts.get(FalcoCount.Unauthorized)).isEqualTo(1);
    }

    @Test
    void onlyPostIsAllowed() throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            sender.write("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(sender.answer()).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: POST");
            assertThat(sender.ended()).isTrue();
        }
    }

    @Test
    void aLargeEventIsRefusedBeforeItIsSent() throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            sender.write(sender.headers(PATH, FalcoEventParser.MOST_BYTES + 1, "Expect: 100-continue"));
            assertThat(sender.status()).isEqualTo(413);
            assertThat(sender.ended()).isTrue();
        }
        assertThat(counts.rejected(FalcoRejection.TooLarge)).isEqualTo(1);
    }

    @Test
    void aLargeEventWithoutALengthIsRefusedOnItsWay() throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            sender.write("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            sender.write(("1000\r\n" + " ".repeat(0x1000) + "\r\n").repeat(17));
            assertThat(sender.status()).isEqualTo(413);
        }
        assertThat(counts.rejected(FalcoRejection.TooLarge)).isEqualTo(1);
    }

    @Test
    void theLargestEventIsTaken() throws IOException {
        byte[] event = Seeds.bytes("least.json");
        byte[] body = (" ".repeat(FalcoEventParser.MOST_BYTES - event.length)
                        + new String(event, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(post(body, PATH)).isEqualTo(204);
    }

    @Test
    void textIsRefusedWithWhatToSet() throws IOException {
        try (CurlSender falco = new CurlSender(receiver.port())) {
            byte[] text = "14:13:20.000000000: Notice A shell was spawned".getBytes(StandardCharsets.UTF_8);
            falco.write(falco.headers(PATH, text.length).replace("application/json", "text/plain"));
            falco.write(text);
            assertThat(falco.status()).isEqualTo(415);
        }
        assertThat(counts.rejected(FalcoRejection.PlainText)).isEqualTo(1);
    }

    @Test
    void garbageIsRefusedAndTheConnectionStays() throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            assertThat(sender.post(PATH, "{\"rule\":".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(400);
            assertThat(sender.post(PATH, new byte[0])).isEqualTo(400);
            assertThat(sender.post(PATH, Seeds.at(Seeds.TIME.minusSeconds(3601), "r", FalcoPriority.Error)))
                    .isEqualTo(400);
            assertThat(sender.post(PATH, Seeds.bytes("least.json"))).isEqualTo(204);
        }
        assertThat(counts.rejected(FalcoRejection.NotJson)).isEqualTo(2);
        assertThat(counts.rejected(FalcoRejection.TooOld)).isEqualTo(1);
        assertThat(events).hasSize(1);
    }

    @Test
    void aSenderOfSingleBytesIsCutOffWhileOthersAreServed() throws Exception {
        List<CurlSender> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slow.add(new CurlSender(receiver.port()));
        }
        long begun = System.nanoTime();
        List<Thread> dripping = new ArrayList<>();
        for (int i = 0; i < slow.size(); i++) {
            CurlSender sender = slow.get(i);
            String request = sender.headers(PATH, 500) + " ".repeat(500);
            int first = i % 2 == 0 ? 1 : request.length() - 500; // slow in headers, or in body
            dripping.add(Thread.startVirtualThread(() -> {
                try {
                    sender.write(request.substring(0, first));
                    for (int at = first; at < request.length(); at++) {
                        Thread.sleep(50);
                        sender.write(request.substring(at, at + 1));
                    }
                } catch (IOException | InterruptedException e) {
                    // Cut off, as it should be.
                }
            }));
        }
        assertThat(post(PATH)).isEqualTo(204);
        for (CurlSender sender : slow) {
            assertThat(sender.ended()).isTrue();
            sender.close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(SHORT.plus(HttpConnections.LOOK).plusSeconds(1));
        assertThat(counts.get(FalcoCount.ConnectionsTimedOut)).isEqualTo(10);
        for (Thread thread : dripping) {
            thread.join();
        }
    }

    @Test
    void aSenderThatSendsNothingIsCutOffAndOneThatSentBeforeMayWaitLonger() throws Exception {
        try (CurlSender silent = new CurlSender(receiver.port());
                CurlSender falco = new CurlSender(receiver.port())) {
            assertThat(falco.post(PATH, Seeds.bytes("least.json"))).isEqualTo(204);
            assertThat(silent.ended()).isTrue();
            Thread.sleep(SHORT.toMillis());
            assertThat(falco.post(PATH, Seeds.bytes("least.json"))).isEqualTo(204);
            assertThat(falco.ended()).as("after its idle time").isTrue();
        }
    }

    @Test
    void thereAreNeverMoreConnectionsThanTheBound() throws IOException {
        List<CurlSender> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(new CurlSender(receiver.port()));
        }
        await().until(() -> counts.get(FalcoCount.ConnectionsRefused) == 40 - LIMITS.connections());
        for (CurlSender one : many) {
            one.close();
        }
        await().untilAsserted(() -> assertThat(post(PATH)).isEqualTo(204));
    }

    @Test
    void longLinesAndHeadersAreRefused() throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            sender.write("POST " + PATH + "?" + "x".repeat(3000) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertThat(sender.status()).isEqualTo(414);
        }
        try (CurlSender sender = new CurlSender(receiver.port())) {
            sender.write("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9000)
                    + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(sender.status()).isEqualTo(431);
        }
    }

    private int post(String path, String... more) throws IOException {
        return post(Seeds.bytes("least.json"), path, more);
    }

    private int post(byte[] body, String path, String... more) throws IOException {
        try (CurlSender sender = new CurlSender(receiver.port())) {
            return sender.post(path, body, more);
        }
    }
}
