package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class PodAnnotatorTest {

    KubernetesMockServer server;
    KubernetesClient client;

    private Applied applied;
    private PodAnnotator annotator;

    @BeforeEach
    void start() {
        applied = Applied.to(server, "/api/v1/namespaces/shop/pods/" + Shop.POD);
        annotator = new PodAnnotator(client);
    }

    @Test
    void appliesOurOwnKeysAndNothingElse() {
        Pod pod = Shop.pod();
        pod.getMetadata().setAnnotations(Map.of("team", "checkout"));

        annotator.apply(pod, Map.of(Annotations.STATE, "Leaking"));

        JsonNode patch = applied.last();
        assertThat(patch.at("/metadata/annotations").toString()).isEqualTo("{\"heapwarden.io/state\":\"Leaking\"}");
        assertThat(patch.at("/metadata/labels").isEmpty()).isTrue();
        assertThat(patch.at("/spec").isMissingNode()).isTrue();
    }

    @Test
    void theUidHoldsItOffASuccessorOfTheSameName() {
        annotator.apply(Shop.pod(), Map.of(Annotations.STATE, "Leaking"));

        assertThat(applied.last().at("/metadata/uid").asText()).isEqualTo("uid-" + Shop.POD);
    }

    @Test
    void whatIsThereAlreadyCostsNoCall() {
        Pod pod = Shop.pod();
        pod.getMetadata().setAnnotations(Map.of(Annotations.STATE, "Leaking", "team", "checkout"));

        annotator.apply(pod, Map.of(Annotations.STATE, "Leaking"));
        annotator.apply(Shop.pod(), Map.of());

        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anEmptyMapAppliesNothingSoThatTheApiServerTakesOursAway() {
        Pod pod = Shop.pod();
        pod.getMetadata().setAnnotations(Map.of(Annotations.STATE, "Leaking"));

        annotator.apply(pod, Map.of());

        assertThat(applied.last().at("/metadata/annotations").isEmpty()).isTrue();
    }

    @Test
    void aRefusalIsLeftForTheNextTime() {
        applied.refuse(403);
        annotator.apply(Shop.pod(), Map.of(Annotations.STATE, "Leaking"));

        applied.refuse(200);
        annotator.apply(Shop.pod(), Map.of(Annotations.STATE, "Leaking"));

        assertThat(applied.patches()).hasSize(1);
    }
}
