package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every restart: the rehearsal also shows the API server's clock. */
@EnableKubernetesMockClient
class RehearsedRestartTest {

    private static final Instant SERVER = Instant.parse("2026-11-23T12:00:00Z");
    private static final String PATH = "/api/v1/namespaces/shop/pods/checkout-0/eviction";

    KubernetesMockServer server;
    KubernetesClient client;

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void byAWrongClockNothingIsRestarted(long direction) {
        server.expect()
                .post()
                .withPath(PATH + "?dryRun=All")
                .andReturn(201, new StatusBuilder().withStatus("Success").build())
                .withHeader("Date", "Mon, 23 Nov 2026 12:00:00 GMT")
                .always();
        server.expect()
                .post()
                .withPath(PATH)
                .andReturn(201, new StatusBuilder().withStatus("Success").build())
                .once();

        assertThat(restartAt(SERVER.plusSeconds(direction * 121)))
                .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.message())
                        .contains("clock is 121 s " + (direction > 0 ? "ahead of" : "behind")));
        assertThat(restartAt(SERVER.plusSeconds(direction * 119))).isEqualTo(new Done(ActionOutcome.Evicted));
    }

    private AttemptOutcome restartAt(Instant now) {
        PodIdentity pod = new PodIdentity("shop", "checkout-0", "uid-1");
        return new EvictionApiEvictor(client, Clock.fixed(now, ZoneOffset.UTC), Duration.ofSeconds(30))
                .restart(new RestartTarget(pod, "Deployment", "checkout", SERVER), () -> {});
    }
}
