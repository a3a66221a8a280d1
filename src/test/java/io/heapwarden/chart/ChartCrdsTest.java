package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartCrdsTest {

    private static final Path IN_CHART = Helm.CHART.resolve("files/crds");
    private static final Path COMMITTED = Path.of("crds");

    @Test
    void theChartCarriesCopiesOfTheCommittedCrds() throws IOException {
        Map<String, String> committed = texts(COMMITTED);
        assumeTrue(!committed.isEmpty(), "crds/ is empty");

        assertThat(texts(IN_CHART)).as("run make generate").isEqualTo(committed);
    }

    @Test
    void renderedCrdsAreKeptAndOtherwiseUnchanged() throws IOException {
        List<CustomResourceDefinition> rendered = Helm.template().all(CustomResourceDefinition.class);

        assertThat(rendered).allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(rendered)
                .extracting(CustomResourceDefinition::getSpec)
                .containsExactlyInAnyOrderElementsOf(texts(IN_CHART).values().stream()
                        .flatMap(text -> Manifests.parse(text).all(CustomResourceDefinition.class).stream())
                        .map(CustomResourceDefinition::getSpec)
                        .toList());
    }

    @Test
    void theyCanBeLeftToAnAdministrator() {
        assertThat(Helm.template("--set", "crds.install=false").all(CustomResourceDefinition.class))
                .isEmpty();
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".yml")).forEach(file -> {
                    try {
                        texts.put(file.getFileName().toString(), Files.readString(file));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
        return texts;
    }
}
