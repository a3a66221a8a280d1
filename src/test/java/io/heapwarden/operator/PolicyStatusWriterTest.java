package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class PolicyStatusWriterTest {

    static final String STATUS = "/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout/status";
    private static final PolicyKey KEY = new PolicyKey(Shop.NAMESPACE, Shop.POLICY);

    KubernetesMockServer server;
    KubernetesClient client;

    private final MemoryPolicy policy = Shop.policy();
    private Applied statuses;
    private Operated operated;

    @BeforeEach
    void start() {
        statuses = Applied.to(server, STATUS);
        operated = new Operated(client, new ScriptedEvictor());
        operated.plan(policy);
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void saysWhichGenerationItSpeaksOfAndNothingOfTheSpec() {
        operated.status.write(KEY);

        assertThat(statuses.last().at("/status/observedGeneration").asLong()).isEqualTo(3);
        assertThat(statuses.last().at("/metadata/uid").asText()).isEqualTo("uid-policy");
        assertThat(statuses.last().at("/status/conditions").findValuesAsText("type"))
                .containsExactly("Acting", "ObjectivesMet", "Ready", "Sampling", "Secure");
        assertThat(statuses.last().path("spec").isEmpty()).isTrue();
    }

    @Test
    void nothingNewIsNotWritten() {
        operated.status.write(KEY);
        operated.clock.move(Duration.ofHours(1));
        operated.status.write(KEY);

        assertThat(statuses.patches()).hasSize(1);
    }

    @Test
    void whatStandsInTheClusterAlreadyIsNotWrittenByANewLeader() {
        operated.status.write(KEY);
        MemoryPolicy stored =
                client.getKubernetesSerialization().unmarshal(statuses.last().toString(), MemoryPolicy.class);
        policy.setStatus(stored.getStatus());
        try (Operated next = new Operated(client, new ScriptedEvictor())) {
            next.plan(policy);
            next.clock.move(Duration.ofMinutes(5));

            next.status.write(KEY);
        }

        assertThat(statuses.patches()).hasSize(1);
    }

    @Test
    void aFailureIsMadeUpForAtTheNextLook() {
        statuses.refuse(403);
        operated.status.write(KEY);
        statuses.refuse(200);

        operated.status.write(KEY);

        assertThat(statuses.patches()).hasSize(1);
    }

    @Test
    void whoDependsOnItHearsOfAFailure() {
        statuses.refuse(403);

        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> operated.status.writeOrThrow(KEY));
    }

    @Test
    void whatAnotherLeaderWroteMeanwhileIsNotWipedOut() {
        ActionRecord theirs = new ActionRecord(
                operated.clock.instant().toString(),
                "checkout-6c9-1",
                "uid-1",
                "Deployment/checkout",
                "Restart",
                "Evicted",
                "RetentionLeak",
                null,
                null);
        MemoryPolicy now = Shop.policy();
        now.getMetadata().setResourceVersion("4711");
        now.setStatus(new MemoryPolicyStatus(3L, null, null, null, null, List.of(theirs), null, null, null, null));
        server.expect()
                .get()
                .withPath("/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout")
                .andReturn(200, now)
                .always();
        statuses.refuseOnce(409);

        operated.status.write(KEY);

        assertThat(statuses.last().at("/metadata/resourceVersion").asText()).isEqualTo("4711");
        assertThat(statuses.last().at("/status/lastActions").findValuesAsText("podUid"))
                .containsExactly("uid-1");
    }
}
