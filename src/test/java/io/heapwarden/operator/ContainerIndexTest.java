package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class ContainerIndexTest {

    private static final String OLD = "0123456789abcdef0123456789abcdef";
    private static final String NEW = "fedcba9876543210fedcba9876543210";

    private final ContainerIndex index = new ContainerIndex();

    @Test
    void aPodIsFoundByTheFirstDigitsWithoutTheRuntime() {
        index.onAdd(running("containerd://" + OLD));

        assertThat(index.get("0123456789ab")).isEqualTo(new ContainerIndex.Name(Shop.NAMESPACE, Shop.POD));
        assertThat(index.get("fedcba987654")).isNull();
    }

    @Test
    void aRestartedContainerIsFoundByItsNewIdOnly() {
        Pod before = running("containerd://" + OLD);
        Pod now = running("containerd://" + NEW);
        index.onAdd(before);
        index.onUpdate(before, now);

        assertThat(index.get("0123456789ab")).isNull();
        assertThat(index.get("fedcba987654")).isEqualTo(ContainerIndex.Name.of(now));
    }

    @Test
    void aPodThatIsGoneIsNotFound() {
        Pod pod = running("cri-o://" + OLD);
        index.onAdd(pod);
        index.onDelete(pod, false);

        assertThat(index.get("0123456789ab")).isNull();
    }

    @Test
    void aContainerThatHasNotStartedHasNoId() {
        index.onAdd(running(null));

        assertThat(index.get("")).isNull();
    }

    private static Pod running(String containerId) {
        return new PodBuilder(Shop.pod())
                .editStatus()
                .editFirstContainerStatus()
                .withContainerID(containerId)
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
