package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Forbidden;
import io.heapwarden.response.AttemptOutcome.Gone;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnableKubernetesMockClient
class RolloutRestarterTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.123Z");

    KubernetesMockServer server;
    KubernetesClient client;

    @ParameterizedTest
    @CsvSource({
        "Deployment, /apis/apps/v1/namespaces/shop/deployments/web",
        "StatefulSet, /apis/apps/v1/namespaces/shop/statefulsets/web",
        "DaemonSet, /apis/apps/v1/namespaces/shop/daemonsets/web"
    })
    void writesTheAnnotationThatKubectlWritesAfterADryRun(String kind, String path) throws InterruptedException {
        answer(path + "?dryRun=All", 200);
        answer(path, 200);
        List<Integer> requestsAtIntent = new ArrayList<>();

        AttemptOutcome outcome =
                restarter().restart(target(kind), () -> requestsAtIntent.add(server.getRequestCount()));

        assertThat(outcome).isEqualTo(new Done(ActionOutcome.RolledOut));
        assertThat(requestsAtIntent).containsExactly(1);
        server.takeRequest();
        assertThat(server.takeRequest().getBody().readUtf8())
                .isEqualTo(
                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"2026-11-23T12:00:00Z\"}}}}}");
    }

    @Test
    void anArgoRolloutHasAFieldOfItsOwn() throws InterruptedException {
        String path = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web";
        answer(path + "?dryRun=All", 200);
        answer(path, 200);

        assertThat(restarter().restart(target("Rollout"), () -> {})).isInstanceOf(Done.class);
        server.takeRequest();
        assertThat(server.takeRequest().getBody().readUtf8())
                .isEqualTo("{\"spec\":{\"restartAt\":\"2026-11-23T12:00:00Z\"}}");
    }

    @Test
    void theWorkloadSaysForWhichPolicyAndWhyAndItsTemplateDoesNot() throws InterruptedException {
        String path = "/apis/apps/v1/namespaces/shop/deployments/web";
        answer(path + "?dryRun=All", 200);
        answer(path, 200);
        RestartTarget plain = target("Deployment");

        restarter()
                .restart(
                        new RestartTarget(
                                plain.pod(),
                                plain.workloadKind(),
                                plain.workloadName(),
                                plain.at(),
                                Map.of("heapwarden.io/policy", "checkout")),
                        () -> {});

        server.takeRequest();
        assertThat(server.takeRequest().getBody().readUtf8())
                .contains("\"metadata\":{\"annotations\":{\"heapwarden.io/policy\":\"checkout\"}}")
                .contains("\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\"");
    }

    @Test
    void aMissingRightIsNamedWithTheChartsValue() {
        server.expect()
                .patch()
                .withPath("/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All")
                .andReturn(
                        403,
                        Map.of(
                                "kind",
                                "Status",
                                "message",
                                "deployments.apps \"web\" is forbidden: User \"heapwarden\" cannot patch resource \"deployments\""))
                .once();

        assertThat(restarter().restart(target("Deployment"), () -> {}))
                .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.message())
                        .contains("verbs [patch]", "restarts.rollout is true"));
    }

    @Test
    void aWorkloadThatIsGoneIsGone() {
        answer("/apis/apps/v1/namespaces/shop/deployments/web?dryRun=All", 404);

        assertThat(restarter().restart(target("Deployment"), () -> {})).isInstanceOf(Gone.class);
    }

    @Test
    void knowsItsOwnRestartAgain() {
        server.expect()
                .get()
                .withPath("/apis/apps/v1/namespaces/shop/deployments/web")
                .andReturn(
                        200,
                        """
                        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},
                        "spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-23T12:00:00Z"}}}}}""")
                .always();

        assertThat(RolloutRestarter.bearsRestart(client, "shop", "Deployment", "web", AT))
                .isTrue();
        assertThat(RolloutRestarter.bearsRestart(client, "shop", "Deployment", "web", AT.plusSeconds(1)))
                .isFalse();
        assertThat(RolloutRestarter.bearsRestart(client, "shop", "Job", "web", AT))
                .isFalse();
    }

    private void answer(String path, int code) {
        server.expect()
                .patch()
                .withPath(path)
                .andReturn(code, Map.of("kind", "Status", "message", "as the path says"))
                .once();
    }

    private RolloutRestarter restarter() {
        return new RolloutRestarter(client, Clock.systemUTC());
    }

    private static RestartTarget target(String kind) {
        return new RestartTarget(new PodIdentity("shop", "web-0", "uid-0"), kind, "web", AT);
    }
}
