package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;

/** Rendered Kubernetes objects, in the order of the file. */
record Manifests(String text, List<HasMetadata> objects) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static Manifests parse(String text) {
        List<HasMetadata> objects = Stream.of(text.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .map(Manifests::read)
                .toList();
        return new Manifests(text, objects);
    }

    private static HasMetadata read(String document) {
        return YAML.unmarshal(document);
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only object of this type. */
    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    List<String> kinds() {
        return objects.stream().map(HasMetadata::getKind).toList();
    }
}
