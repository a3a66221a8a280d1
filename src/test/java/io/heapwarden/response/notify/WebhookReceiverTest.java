package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Retry;
import io.heapwarden.response.notify.Sink.Received;
import io.heapwarden.time.MovableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookReceiverTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String NEXT_KEY = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private Sink sink;
    private WebhookReceiver webhook;
    private Path keys;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        keys = Files.writeString(directory.resolve("key"), KEY + "\n");
        Path token = Files.writeString(directory.resolve("token"), "who-we-are\n");
        webhook = new WebhookReceiver(
                "audit",
                new Address.Given(Endpoint.parse(sink.url("/hook?from=heapwarden"))),
                new Credentials.Bearer(new SecretFile(token)),
                new SecretFile(keys),
                Map.of("cluster", "prod"),
                new HttpPost(null, Duration.ofSeconds(10), clock),
                clock);
    }

    @AfterEach
    void stop() {
        webhook.close();
        sink.close();
    }

    @Test
    void openSslAgreesWithTheSignature() throws Exception {
        assertThat(send(Notices.leak("one"))).isInstanceOf(Delivered.class);

        Received received = sink.received().getFirst();
        String[] signature = received.headers().get("x-heapwarden-signature").split(",");
        assertThat(signature).hasSize(2);
        assertThat(signature[0]).isEqualTo("t=" + clock.instant().getEpochSecond());
        String signed = signature[0].substring(2) + "." + received.body();
        assertThat(signature[1]).isEqualTo("v1=" + hmacOfOpenSsl(KEY, signed));
        assertThat(received.path()).isEqualTo("/hook?from=heapwarden");
        assertThat(received.headers()).containsEntry("authorization", "Bearer who-we-are");
        assertThat(received.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void aKeyThatIsExchangedIsUsedAtOnceAndTwoSignBoth() throws Exception {
        send(Notices.leak("one"));
        Files.writeString(keys, KEY + "\n" + NEXT_KEY + "\n");
        send(Notices.leak("one"));
        Files.writeString(keys, NEXT_KEY);
        send(Notices.leak("one"));

        List<List<String>> signatures = sink.received().stream()
                .map(received -> Arrays.asList(
                        received.headers().get("x-heapwarden-signature").split(",")))
                .toList();
        assertThat(signatures).extracting(List::size).containsExactly(2, 3, 2);
        assertThat(signatures.get(1).get(1))
                .startsWith("v1=")
                .isNotEqualTo(signatures.get(1).get(2));
        assertThat(signatures.get(2).get(1)).isNotEqualTo(signatures.get(0).get(1));
    }

    @Test
    void theTimeIsThatOfTheAttempt() {
        Letter letter = Letter.first(1, Notices.leak("one"), clock.instant());
        webhook.send(letter);
        clock.move(Duration.ofMinutes(10));
        webhook.send(letter);

        assertThat(sink.received().stream().map(each -> each.headers().get("x-heapwarden-delivery")))
                .containsExactly(letter.id(), letter.id());
        assertThat(sink.received().getLast().headers().get("x-heapwarden-signature"))
                .startsWith("t=" + clock.instant().getEpochSecond() + ",");
    }

    @Test
    void nothingIsSentUnsignedWhereItIsToBeSigned() throws Exception {
        Files.writeString(keys, "short");
        assertThat(send(Notices.leak("one")))
                .isEqualTo(retry(keys + " holds a key shorter than 16 bytes: make one with 'openssl rand -hex 32'"));
        Files.writeString(keys, " \n");
        assertThat(send(Notices.leak("one"))).isEqualTo(retry(keys + " is empty"));
        Files.delete(keys);
        assertThat(send(Notices.leak("one")))
                .isEqualTo(retry(keys + " does not exist: mount the Secret that holds it"));

        assertThat(sink.received()).isEmpty();
    }

    @Test
    void theBodyHasWhatTheDocumentationSays() throws Exception {
        Notice notice = Notices.leak("one");
        Letter letter = Letter.first(1, notice, clock.instant());
        webhook.send(letter);

        JsonNode body = new ObjectMapper().readTree(sink.received().getFirst().body());
        assertThat(body.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "version",
                        "id",
                        "receiver",
                        "kind",
                        "status",
                        "severity",
                        "fingerprint",
                        "incident",
                        "namespace",
                        "pod",
                        "container",
                        "workload",
                        "policy",
                        "state",
                        "verdict",
                        "culprit",
                        "exhaustion",
                        "sentence",
                        "links",
                        "startsAt",
                        "labels");
        assertThat(body.path("version").asInt()).isEqualTo(1);
        assertThat(body.path("id").asText()).isEqualTo(letter.id());
        assertThat(body.path("status").asText()).isEqualTo("Firing");
        assertThat(body.path("fingerprint").asText()).isEqualTo(notice.fingerprint());
        assertThat(body.at("/exhaustion/latest").asText()).isEqualTo("2026-11-23T14:55:00Z");
        assertThat(body.at("/labels/cluster").asText()).isEqualTo("prod");
        String documented = Files.readString(Path.of("docs/notifications.md"));
        body.properties().forEach(field -> assertThat(documented).contains("| `" + field.getKey() + "` |"));
    }

    private SendResult send(Notice notice) {
        return webhook.send(Letter.first(1, notice, clock.instant()));
    }

    private static Retry retry(String reason) {
        return new Retry(reason, null, true);
    }

    /** As docs/notifications.md tells receivers to verify. */
    private String hmacOfOpenSsl(String key, String text) throws Exception {
        Path signed = Files.write(directory.resolve("signed"), text.getBytes(StandardCharsets.UTF_8));
        Process openssl = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", key, signed.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.out").toFile())
                .start();
        assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(directory.resolve("openssl.out")).strip();
        return printed.substring(printed.lastIndexOf(' ') + 1);
    }
}
