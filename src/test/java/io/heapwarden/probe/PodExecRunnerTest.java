package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@EnableKubernetesMockClient
class PodExecRunnerTest {

    private static final ProbeResult<CommandOutput> ENDED =
            new Failure<>(FailureReason.Unavailable, "the connection ended before the answer was complete");

    private static final Target TARGET = new Target("shop", "checkout-1", "uid", "app", "containerd://1");
    private static final String PATH =
            "/api/v1/namespaces/shop/pods/checkout-1/exec?stdout=true&stderr=true&container=app&command=sh&command=-c&command=echo%20%22a%2Bb%22";
    private static final List<String> COMMAND = List.of("sh", "-c", "echo \"a+b\"");

    KubernetesMockServer server;
    KubernetesClient client;
    private int attempts;

    @Test
    void readsTheAnswerWithOneRequest() throws Exception {
        answer("a", "+b", "{\"status\":\"Success\"}");

        CommandOutput output = output(run(Duration.ofSeconds(10), 100));

        assertThat(new String(output.standardOutput(), StandardCharsets.UTF_8)).isEqualTo("a+b");
        assertThat(output.truncated()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(attempts);
    }

    @Test
    void keepsNoMoreThanTheCap() {
        answer("aaaaaaaa", "bbbbbbbb", "{\"status\":\"Success\"}");

        CommandOutput output = output(run(Duration.ofSeconds(10), 10));

        assertThat(new String(output.standardOutput(), StandardCharsets.UTF_8)).isEqualTo("aaaaaaaabb");
        assertThat(output.truncated()).isTrue();
    }

    @Test
    void saysThatThereIsNoShell() {
        answer(
                "",
                "",
                "{\"status\":\"Failure\",\"reason\":\"InternalError\",\"code\":500,\"message\":\"exec: \\\"sh\\\": executable file not found in"
                        + " $PATH: unknown\"}");

        assertThat(run(Duration.ofSeconds(10), 100))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.NoShell));
    }

    @Test
    void leavesAnEndCodeToWhoReadsTheAnswer() {
        answer(
                "a",
                "",
                "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"message\":\"command terminated with non-zero exit code: exit code 3\"}");

        assertThat(output(run(Duration.ofSeconds(10), 100)).standardOutput()).containsExactly('a');
    }

    @Test
    void givesUpInTimeOnAnApiServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KubernetesClient patient = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(Config.empty())
                                .withMasterUrl("http://localhost:" + silent.getLocalPort())
                                .build())
                        .build()) {
            assertThat(new PodExecRunner(patient).run(TARGET, COMMAND, Duration.ofMillis(500), 100))
                    .isEqualTo(new Failure<>(FailureReason.TimedOut, "no complete answer within 500 ms"));
        }
    }

    @Test
    void aConnectionThatEndsWithoutAWordIsAFailure() {
        server.expect()
                .get()
                .withPath(PATH)
                .andUpgradeToWebSocket()
                .open()
                .done()
                .once();

        assertThat(once(Duration.ofSeconds(10), 100)).isEqualTo(ENDED);
    }

    @Test
    void saysTheApiServersWords() throws Exception {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withStatus("Failure")
                                .withMessage(
                                        "pods \"checkout-1\" is forbidden: User \"x\" cannot get resource \"pods/exec\"")
                                .withCode(403)
                                .build())
                .always();

        assertThat(run(Duration.ofSeconds(10), 100)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.ExecForbidden);
            assertThat(refusal.detail()).endsWith("User \"x\" cannot get resource \"pods/exec\"");
        });
    }

    @Test
    void passesOnThatTheApiServerIsBusy() throws Exception {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(429, "busy")
                .withHeader("Retry-After", "7")
                .always();
        List<Duration> pauses = new ArrayList<>();

        new PodExecRunner(client, new ApiServerSigns() {
                    @Override
                    public void answered(Duration took) {}

                    @Override
                    public void busy(Duration retryAfter) {
                        pauses.add(retryAfter);
                    }
                })
                .run(TARGET, COMMAND, Duration.ofSeconds(10), 100);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotRepeatWhatFailed() throws Exception {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(500, "container not found (\"app\")")
                .always();

        assertThat(run(Duration.ofSeconds(10), 100))
                .isEqualTo(new Refusal<>(RefusalReason.NotRunning, "container not found (\"app\")"));
        assertThat(server.getRequestCount()).isEqualTo(attempts).isEqualTo(1);
    }

    @Test
    void anApiServerThatIsGoneIsAFailure() {
        server.destroy();

        assertThat(run(Duration.ofSeconds(10), 100))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(FailureReason.Unavailable));
    }

    private void answer(String first, String second, String status) {
        server.expect()
                .get()
                .withPath(PATH)
                .andUpgradeToWebSocket()
                .open(message(0, 1, first), message(50, 1, second), message(100, 3, status))
                .done()
                .always();
    }

    /** The first byte of a message is its channel. The mock server keeps no order but that of the delays, in milliseconds. */
    private static WebSocketMessage message(long delay, int channel, String text) {
        return new WebSocketMessage(delay, ((char) channel + text).getBytes(StandardCharsets.UTF_8), true, true);
    }

    /** The mock server may reset the connection while its messages are on their way; a real one closes it in order. */
    private ProbeResult<CommandOutput> run(Duration timeout, int cap) {
        return await().pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(30))
                .until(() -> once(timeout, cap), result -> !ENDED.equals(result));
    }

    private ProbeResult<CommandOutput> once(Duration timeout, int cap) {
        attempts++;
        return new PodExecRunner(client).run(TARGET, COMMAND, timeout, cap);
    }

    private static CommandOutput output(ProbeResult<CommandOutput> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<CommandOutput>) result).value();
    }
}
