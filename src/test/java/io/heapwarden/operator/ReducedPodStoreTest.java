package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.probe.PodFacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReducedPodStoreTest {

    private final ReducedPodStore store = new ReducedPodStore();

    @Test
    void keepsWhatIsReadHere() {
        Pod kept = putAndGet(full());

        assertThat(PodKey.of(kept)).isEqualTo(PodKey.of(full()));
        assertThat(Workload.of(kept)).isEqualTo(Workload.of(full()));
        assertThat(kept.getMetadata().getLabels())
                .isEqualTo(full().getMetadata().getLabels());
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("42");
        assertThat(kept.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(kept.getMetadata().getDeletionTimestamp()).isEqualTo("2026-11-23T13:00:00Z");
        assertThat(kept.getMetadata().getAnnotations()).containsOnlyKeys("heapwarden.io/state", "prometheus.io/port");
        assertThat(kept.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(kept.getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getName()).isEqualTo("app");
            assertThat(container.getImage()).isEqualTo("registry.shop.example/checkout:7");
            assertThat(container.getResources().getLimits()).containsEntry("memory", new Quantity("512Mi"));
        });
        assertThat(PodFactsReader.of(
                        kept, kept.getStatus().getContainerStatuses().getFirst()))
                .isEqualTo(new PodFacts(
                        "node-1",
                        "192.0.2.1",
                        "198.51.100.7",
                        "shop/Deployment/checkout",
                        PodFacts.Phase.Terminating,
                        null,
                        512L << 20,
                        Duration.ofSeconds(2),
                        kept.getMetadata().getAnnotations(),
                        List.of("app"),
                        List.of(new PodFacts.Port("app", "http", 8080)),
                        new PodFacts.User(10001, 20001),
                        null));
        assertThat(kept.getStatus().getPhase()).isEqualTo("Running");
        assertThat(kept.getStatus().getConditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.getType()).isEqualTo("Ready"));
        assertThat(kept.getStatus().getContainerStatuses())
                .isEqualTo(full().getStatus().getContainerStatuses());
    }

    @Test
    void dropsWhatMakesAPodLarge() {
        Pod kept = putAndGet(full());

        assertThat(kept.getMetadata().getManagedFields()).isNullOrEmpty();
        assertThat(kept.getSpec().getVolumes()).isNullOrEmpty();
        assertThat(kept.getSpec().getContainers().getFirst().getEnv()).isNullOrEmpty();
        assertThat(Serialization.asJson(kept)).doesNotContain("secret-value", "kubectl.kubernetes.io");
    }

    @Test
    void aPodWithoutSpecAndStatusIsKeptToo() {
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("bare")
                .endMetadata()
                .build();

        assertThat(putAndGet(bare).getMetadata().getName()).isEqualTo("bare");
    }

    @Test
    void findsAndForgetsByTheInformersKey() {
        store.put(store.getKey(full()), full());
        assertThat(store.keySet()).containsExactly("shop/" + Shop.POD);
        assertThat(store.size()).isEqualTo(1);

        store.remove("shop/" + Shop.POD);

        assertThat(store.get("shop/" + Shop.POD)).isNull();
        assertThat(store.values()).isEmpty();
    }

    @Test
    void tellsTheInformerThatItDoesNotHoldTheWholeObject() {
        assertThat(store.isFullState()).isFalse();
    }

    private Pod putAndGet(Pod pod) {
        store.put(store.getKey(pod), pod);
        return store.get(store.getKey(pod));
    }

    private static Pod full() {
        return new PodBuilder(Shop.pod())
                .editMetadata()
                .withResourceVersion("42")
                .withDeletionTimestamp("2026-11-23T13:00:00Z")
                .addToAnnotations("heapwarden.io/state", "Leaking")
                .addToAnnotations("prometheus.io/port", "9404")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .withManagedFields(new ManagedFieldsEntry())
                .endMetadata()
                .editSpec()
                .addNewVolume()
                .withName("tmp")
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("PASSWORD")
                .withValue("secret-value")
                .endEnv()
                .withNewResources()
                .addToLimits("memory", new Quantity("512Mi"))
                .endResources()
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/ready")
                .endHttpGet()
                .withTimeoutSeconds(2)
                .endReadinessProbe()
                .endContainer()
                .withNewSecurityContext()
                .withRunAsUser(10001L)
                .withRunAsGroup(20001L)
                .endSecurityContext()
                .endSpec()
                .editStatus()
                .withHostIP("192.0.2.1")
                .withPodIP("198.51.100.7")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
