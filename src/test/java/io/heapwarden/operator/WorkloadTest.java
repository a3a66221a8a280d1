package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    @Test
    void aPodOfADeploymentIsToldByItsTemplatesHash() {
        assertThat(Workload.of(Shop.pod())).isEqualTo(new Workload("Deployment", "checkout", "6c9"));
        assertThat(Workload.of(Shop.pod())).hasToString("Deployment/checkout");
    }

    @Test
    void aReplicaSetOnItsOwnIsAWorkload() {
        assertThat(Workload.of(ownedBy("ReplicaSet", "cache", Map.of())))
                .isEqualTo(new Workload("ReplicaSet", "cache", null));
    }

    @Test
    void aReplicaSetThatOnlyLooksLikeADeploymentsIsTakenByItsOwnName() {
        assertThat(Workload.of(ownedBy("ReplicaSet", "cache-blue", Map.of("pod-template-hash", "6c9"))))
                .isEqualTo(new Workload("ReplicaSet", "cache-blue", null));
    }

    @Test
    void aPodOfAStatefulSetHasItsControllersRevision() {
        assertThat(Workload.of(ownedBy("StatefulSet", "db", Map.of("controller-revision-hash", "db-5d4"))))
                .isEqualTo(new Workload("StatefulSet", "db", "db-5d4"));
    }

    @Test
    void aPodThatNobodyControlsIsItsOwnWorkload() {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("debug")
                .endMetadata()
                .build();

        assertThat(Workload.of(bare)).isEqualTo(new Workload("Pod", "debug", null));
    }

    @Test
    void anOwnerThatDoesNotControlIsPassedOver() {
        Pod pod = ownedBy("ReplicaSet", "checkout-6c9", Map.of());
        pod.getMetadata().getOwnerReferences().getFirst().setController(false);

        assertThat(Workload.of(pod).kind()).isEqualTo("Pod");
    }

    private static Pod ownedBy(String kind, String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name + "-0")
                .withLabels(labels)
                .addNewOwnerReference()
                .withKind(kind)
                .withName(name)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }
}
