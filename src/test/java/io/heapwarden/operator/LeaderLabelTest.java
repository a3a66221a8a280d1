package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class LeaderLabelTest {

    private static final String NAMESPACE = "heapwarden-system";

    KubernetesClient client;

    @Test
    void onlyThePodThatLeadsBearsTheMark() {
        replica("heapwarden-0");
        replica("heapwarden-1");

        new LeaderLabel(client, NAMESPACE, "heapwarden-0").put();
        assertThat(marked()).containsExactly("heapwarden-0");
        new LeaderLabel(client, NAMESPACE, "heapwarden-1").put();

        assertThat(marked()).containsExactly("heapwarden-1");
    }

    @Test
    void whatFailsIsSaidToBeTriedAgain() {
        assertThat(new LeaderLabel(client, NAMESPACE, "heapwarden-0").put()).isFalse();
    }

    @Test
    void outsideOfAPodThereIsNothingToMark() {
        replica("heapwarden-0");

        assertThat(new LeaderLabel(client, "", "").put()).isTrue();

        assertThat(marked()).isEmpty();
    }

    private List<String> marked() {
        return client.pods().inNamespace(NAMESPACE).withLabel(LeaderLabel.LABEL, "true").list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private void replica(String name) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .addToLabels("app", "heapwarden")
                        .endMetadata()
                        .build())
                .create();
    }
}
