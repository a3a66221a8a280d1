package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@EnableKubernetesMockClient
class PodExecStreamsTest {

    private static final Target TARGET = new Target("shop", "checkout-1", "uid", "app", "containerd://1");
    private static final String PATH =
            "/api/v1/namespaces/shop/pods/checkout-1/exec?stdout=true&stderr=true&container=app&command=cat";
    private static final String SUCCESS = "{\"status\":\"Success\"}";
    private static final int CHUNK = 32 << 10;
    private static final int CHUNKS = 160;
    private static final long LATE_MILLIS = 30_000;

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void aSlowReaderLosesNothingAndLetsNothingPileUp() throws Exception {
        byte[] all = new byte[CHUNK * CHUNKS];
        new Random(7).nextBytes(all);
        answer(Stream.concat(
                IntStream.range(0, CHUNKS)
                        .mapToObj(i -> message(1, Arrays.copyOfRange(all, i * CHUNK, (i + 1) * CHUNK))),
                Stream.of(message(3, SUCCESS))));

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = open()) {
            byte[] some = new byte[10_000];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                read.write(some, 0, n);
                // Gives the sender every occasion to run ahead.
                Thread.sleep(n % 3);
            }
            assertThat(((ExecPipe) in).mostBytes()).isBetween(CHUNK, ExecPipe.ENOUGH + ExecPipe.LARGEST_MESSAGE);
        }
        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    void aCommandThatFailsIsNoEnd() throws Exception {
        answer(
                Stream.of(
                        message(1, "half"),
                        message(2, "cat: input/output error"),
                        message(
                                3,
                                "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"message\":\"command terminated with non-zero exit code: exit code 1\"}")));
        try (InputStream in = open()) {
            assertThat(in.readNBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("half");
            assertThatThrownBy(in::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("input/output error");
        }
    }

    @Test
    void aConnectionThatIsCutIsNoEnd() throws Exception {
        cut(Stream.of(message(1, "half")));
        try (InputStream in = open()) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("connection");
        }
    }

    @Test
    void aStreamThatIsClosedCannotBeRead() throws Exception {
        answer(Stream.of(message(1, "all"), message(3, SUCCESS)));
        InputStream in = open();
        in.close();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }

    @Test
    void saysTheApiServersWords() {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withStatus("Failure")
                                .withMessage("pods \"checkout-1\" is forbidden")
                                .withCode(403)
                                .build())
                .always();
        assertThat(streams().open(TARGET, List.of("cat"), Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.ExecForbidden));
    }

    /** The mock server resets the connection after its last message, and so comes to that when nobody listens any more; a real one closes it in order. */
    private void answer(Stream<WebSocketMessage> messages) {
        cut(Stream.concat(messages, Stream.of(new WebSocketMessage(LATE_MILLIS, new byte[1], true, true))));
    }

    private void cut(Stream<WebSocketMessage> messages) {
        server.expect()
                .get()
                .withPath(PATH)
                .andUpgradeToWebSocket()
                .open(messages.toArray())
                .done()
                .always();
    }

    private static WebSocketMessage message(int channel, String text) {
        return message(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first byte of a message is its channel. */
    private static WebSocketMessage message(int channel, byte[] content) {
        byte[] all = new byte[content.length + 1];
        all[0] = (byte) channel;
        System.arraycopy(content, 0, all, 1, content.length);
        return new WebSocketMessage(0L, all, true, true);
    }

    private StreamRunner streams() {
        return new PodExecStreams(client, ApiServerSigns.IGNORED);
    }

    private InputStream open() {
        return value(streams().open(TARGET, List.of("cat"), Duration.ofSeconds(30)));
    }

    private static InputStream value(ProbeResult<InputStream> opened) {
        assertThat(opened).isInstanceOf(Success.class);
        return ((Success<InputStream>) opened).value();
    }
}
