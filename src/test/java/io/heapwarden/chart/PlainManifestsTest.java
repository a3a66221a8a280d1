package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainManifestsTest {

    private static final String SCRIPT = "src/test/scripts/render-manifests.sh";
    private static final Path COMMITTED = Path.of("src/main/kubernetes");

    @Test
    void areWhatTheChartRenders(@TempDir Path rendered) throws IOException {
        Helm.Outcome outcome = Helm.execute(
                List.of(SCRIPT, rendered.toString()),
                Map.of("HEAPWARDEN_HELM", Helm.binary().toString()));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        for (String name : List.of("heapwarden.yaml", "heapwarden-namespaced.yaml")) {
            assertThat(COMMITTED.resolve(name))
                    .as("%s is stale: run %s", name, SCRIPT)
                    .hasSameTextualContentAs(rendered.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heapwarden.yaml", "heapwarden-namespaced.yaml"})
    void bringTheirNamespaceAndLeaveTheCrdsAlone(String name) throws IOException {
        String text = Files.readString(COMMITTED.resolve(name));

        assertThat(Manifests.parse(text).kinds())
                .startsWith("Namespace")
                .contains("Deployment", "ServiceAccount", "Service")
                // `kubectl delete -f` would take every policy with them.
                .doesNotContain("CustomResourceDefinition");
        assertThat(text).doesNotContain("helm.sh/", "managed-by");
    }

    @Test
    void namespacedHasNoClusterRole() throws IOException {
        assertThat(Manifests.parse(Files.readString(COMMITTED.resolve("heapwarden-namespaced.yaml")))
                        .kinds())
                .doesNotContain("ClusterRole", "ClusterRoleBinding");
    }

    @Test
    void haveNamesTheQuarkusBuildDoesNotMerge() throws IOException {
        try (var files = Files.list(COMMITTED)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .allMatch(name -> name.startsWith("heapwarden"));
        }
    }
}
