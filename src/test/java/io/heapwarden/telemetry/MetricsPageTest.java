package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void isWhatTheMetricsSay() throws IOException {
        String rendered = MetricsPage.render();

        assertThat(GeneratedPage.committed(Path.of("docs/metrics.md"), rendered))
                .as("run `make generate` and commit the page")
                .isEqualTo(rendered);
    }
}
