package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.probe.Target;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class PodWatchTest {

    private static final String NAME = "checkout-6c9-0";
    private static final String CONTAINER = "containerd://" + NAME;

    KubernetesClient client;

    @Test
    void aContainerIsHeldUntilItsPodGoesOrAnotherFollows() {
        Pod pod = client.resource(Shop.pod(NAME)).create();
        Operated operated = new Operated(client, new ScriptedEvictor());
        operated.watch();
        PodWatch watch = operated.podWatch;
        String uid = pod.getMetadata().getUid();

        assertThat(watch.holds(target(uid, CONTAINER))).isTrue();
        assertThat(watch.holds(target(uid, "containerd://before"))).isFalse();
        assertThat(watch.holds(target("uid-before", CONTAINER))).isFalse();

        client.resource(pod).delete();
        await().until(() -> !watch.holds(target(uid, CONTAINER)));
    }

    private static Target target(String uid, String container) {
        return new Target(Shop.NAMESPACE, NAME, uid, "app", container);
    }
}
